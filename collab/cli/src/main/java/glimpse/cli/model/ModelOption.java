package glimpse.cli.model;

import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --model}, for commands that run one model. */
public final class ModelOption {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "Model to run: a file written by glimpse convert, hf:OWNER/NAME[@REVISION][/FILE] of the"
                    + " Hugging Face hub, fashion-mnist/edge or fashion-mnist/server.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    /** Made by the command line, which sets the option. */
    public ModelOption() {}

    /** Returns the model, which exists. */
    public ModelSource source() throws IOException {
        return ModelSource.require("--model", file);
    }
}
