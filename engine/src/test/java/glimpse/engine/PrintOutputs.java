package glimpse.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program that runs golden models on all their cases at once and prints a hash of everything a pass can keep. */
final class PrintOutputs {
    private PrintOutputs() {}

    /** Runs the models of {@link GoldenModel#NAMES}, which are copied to the folder that the argument names. */
    public static void main(String[] arguments) throws IOException {
        List<GoldenModel> models = new ArrayList<>();
        for (String name : GoldenModel.NAMES) {
            models.add(GoldenModel.read(name, Path.of(arguments[0])));
        }
        for (int threads = 1; threads <= 2; threads++) {
            try (Workers workers = Workers.of(threads)) {
                for (GoldenModel golden : models) {
                    print(threads + " " + golden.model().getFileName(), golden, workers);
                }
            }
        }
    }

    private static void print(String name, GoldenModel golden, Workers workers) throws IOException {
        VisionTransformer model = VisionTransformer.load(golden.model(), workers);
        List<PatchSequence> batch = Arrays.stream(GoldenModel.CASES)
                .map(one -> golden.input(one, model.config()))
                .toList();
        Output output = model.newSession()
                .forward(batch, Capture.allLayers().and(Capture.readoutRow()).withAllHiddenStates());
        for (int image = 0; image < batch.size(); image++) {
            print(name + " logits " + image, output.logits(image));
            for (AttentionMap map : output.attention(image)) {
                print(name + " attention " + image + " " + map.layer(), map.weights());
            }
            for (int layer = 0; layer < model.config().depth(); layer++) {
                print(
                        name + " tokens " + image + " " + layer,
                        output.hiddenState(image, layer).values());
            }
        }
    }

    private static void print(String name, float[] values) {
        System.out.println(name + " " + Integer.toHexString(Arrays.hashCode(values)));
    }
}
