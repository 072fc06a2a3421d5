package glimpse.cli.option;

import glimpse.cli.error.ErrorLines;
import glimpse.engine.NonFiniteOutputException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Images that a command handles one by one. */
public final class ImageArguments {
    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "JPEG, PNG or WebP files, or fashion-mnist/0 to fashion-mnist/9999.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    /** Made by the command line, which sets the arguments. */
    public ImageArguments() {}

    /** What a command does with each image. */
    public interface Action {
        /** Handles one image. */
        void on(Path image) throws IOException;
    }

    /**
     * Runs an action on every image. An image that fails is reported on standard error and the next one follows.
     *
     * @return whether all images succeeded
     */
    public boolean forEach(CommandSpec spec, Action action) {
        boolean good = true;
        for (Path file : files) {
            String problem;
            try {
                action.on(file);
                continue;
            } catch (NoSuchFileException e) {
                problem = file + ": no such file";
            } catch (IOException e) {
                problem = "" + e.getMessage();
            } catch (IllegalArgumentException | NonFiniteOutputException e) {
                problem = file + ": " + e.getMessage();
            }
            ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), problem);
            good = false;
        }
        return good;
    }
}
