package glimpse.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model, and images that it answers one by one. */
final class ImageArguments {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "A file that glimpse convert wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path modelFile;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "JPEG, PNG or WebP files.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> imageFiles;

    /** What is done with an image. */
    interface Action {
        void on(Path image) throws IOException;
    }

    Path model() throws IOException {
        return InputFiles.requireOrEmbedded("--model", modelFile);
    }

    /** Runs an action on every image; one image's error is printed and doesn't keep the others from their answers. */
    boolean forEach(CommandSpec spec, Action action) {
        boolean good = true;
        for (Path file : imageFiles) {
            String problem;
            try {
                action.on(file);
                continue;
            } catch (NoSuchFileException e) {
                problem = file + ": no such file";
            } catch (IOException e) {
                problem = "" + e.getMessage();
            } catch (IllegalArgumentException e) {
                problem = file + ": " + e.getMessage();
            }
            spec.commandLine().getErr().println(spec.qualifiedName() + ": " + problem);
            good = false;
        }
        return good;
    }
}
