package glimpse.engine;

import java.io.IOException;
import java.nio.file.Path;

/** A program that runs golden models and prints the bits of their logits, one number per line. */
final class PrintLogits {
    private PrintLogits() {}

    /** Runs the models of {@link GoldenModel#NAMES}, which are copied to the folder that the argument names. */
    public static void main(String[] arguments) throws IOException {
        try (Workers workers = Workers.of(1)) {
            for (String name : GoldenModel.NAMES) {
                GoldenModel golden = GoldenModel.read(name, Path.of(arguments[0]));
                VisionTransformer model = VisionTransformer.load(golden.model(), workers);
                PatchSequence input = golden.input("all", model.config());
                for (float logit :
                        model.newSession().forward(input, Capture.none()).logits(0)) {
                    System.out.println(Float.floatToRawIntBits(logit));
                }
            }
        }
    }
}
