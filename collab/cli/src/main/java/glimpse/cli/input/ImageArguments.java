package glimpse.cli.input;

import glimpse.cli.error.ErrorLines;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Images that a command handles one by one. */
public final class ImageArguments {
    @Parameters(
            arity = "1..*",
            paramLabel = "IMAGE",
            description = "JPEG, PNG or WebP files, folders of them with all that is below, - for standard input,"
                    + " addresses (http:// or https://, up to 64 MiB, 60 s and 5 redirects, through the proxies of the"
                    + " environment), or fashion-mnist/0 to fashion-mnist/9999.")
    @SuppressWarnings("NullAway.Init")
    private List<String> arguments;

    /** Made by the command line, which sets the arguments. */
    public ImageArguments() {}

    /**
     * Runs a model on every image, in batches, while the next images are read; the first image is read while the model
     * is loaded. An image that fails is reported on standard error and the next one follows; with several images, the
     * last line says how many failed.
     *
     * @param loading loads the model
     * @return whether all images succeeded
     * @throws IOException if the model can't be loaded, or the environment names a proxy that isn't one, for images of
     *     the web
     */
    public <T, R> boolean forEach(CommandSpec spec, ImageModel.Loading<T, R> loading) throws IOException {
        try (ImageInputs inputs = ImageInputs.of(arguments, line -> report(spec, line), System.in, System.getenv())) {
            List<ImageInput> images = inputs.images();
            int failed = new ImageBatches<>(loading, line -> report(spec, line)).run(images);
            if (failed > 0 && images.size() > 1) {
                report(spec, failed + " of " + images.size() + " images failed");
            }
            return failed == 0;
        }
    }

    private static void report(CommandSpec spec, String line) {
        ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), line);
    }
}
