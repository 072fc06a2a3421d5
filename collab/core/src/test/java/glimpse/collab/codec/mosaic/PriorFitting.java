package glimpse.collab.codec.mosaic;

import glimpse.collab.codec.entropy.Model;
import glimpse.collab.codec.entropy.Priors;
import glimpse.collab.node.Classifier;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Fits the format's priors to the patches that an edge would send of photographs, and prints them. Changing them
 * changes the format.
 *
 * <pre>{@code
 * PriorFitting EDGE_MODEL IMAGES [EVERY]
 * }</pre>
 */
final class PriorFitting {
    private static final List<String> SELECTIONS =
            List.of("top:20+diverse:0.5", "top:40+diverse:0.5", "top:60+diverse:0.5");
    private static final int[] QUALITIES = {28, 38, 48, 58};
    private static final int ROUNDS = 3;

    /** Every so many photographs are also cut into smaller patches. */
    private static final int CUT_EVERY = 12;

    /** The patches of a photograph. */
    private record Sample(int grid, PixelPatches patches) {}

    private PriorFitting() {}

    /** Fits priors; the arguments are those of the class's description. */
    public static void main(String[] arguments) throws IOException {
        int every = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        List<Sample> samples = samples(Path.of(arguments[0]), Path.of(arguments[1]), every);
        Priors priors = StandardPriors.PRIORS;
        for (int round = 0; round < ROUNDS; round++) {
            PriorStatistics statistics = new PriorStatistics(priors);
            Random random = new Random(round);
            long bytes = 0;
            for (int i : shuffled(samples.size(), random)) {
                for (int quality : QUALITIES) {
                    bytes += encode(samples.get(i), quality + random.nextInt(-5, 6), priors, statistics);
                }
            }
            System.err.printf("round %d: %.1f bytes%n", round, (double) bytes / samples.size() / QUALITIES.length);
            priors = statistics.fitted();
        }
        System.out.print(PriorStatistics.text(priors));
    }

    private static int encode(Sample sample, int quality, Priors priors, PriorStatistics statistics) {
        PixelPatches patches = sample.patches();
        Mosaic mosaic = new Mosaic(sample.grid(), patches.patchSize(), patches.channels(), patches.positions());
        byte[] code = new MosaicEncoder(mosaic, quality, new Model(priors, statistics)).encode(patches.pixels());
        statistics.finishCode();
        return code.length;
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
        return order;
    }

    private static List<Sample> samples(Path model, Path images, int every) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (Workers workers = Workers.of(1)) {
            Classifier edge = Classifier.load(model, workers);
            int grid = edge.transformer().config().grid();
            List<List<PixelPatches>> photographs = SelectedPhotographs.of(edge, SELECTIONS, images, every);
            for (int i = 0; i < photographs.size(); i++) {
                photographs.get(i).forEach(patches -> samples.add(new Sample(grid, patches)));
                if (i % CUT_EVERY == 0) {
                    samples.add(cut(samples.getLast(), 2));
                    samples.add(cut(samples.getLast(), 2));
                }
            }
        }
        return samples;
    }

    /** Cuts each patch into smaller ones. */
    private static Sample cut(Sample sample, int parts) {
        PixelPatches patches = sample.patches();
        int size = patches.patchSize() / parts;
        int row = patches.patchSize() * patches.channels();
        int run = size * patches.channels();
        byte[] pixels = patches.pixels();
        List<byte[]> cut = new ArrayList<>(); // the pixels of the place at the same index, empty if there are none
        int grid = sample.grid() * parts;
        IntStream.range(0, grid * grid).forEach(place -> cut.add(new byte[0]));
        for (int i = 0; i < patches.patches(); i++) {
            for (int part = 0; part < parts * parts; part++) {
                int top = part / parts * size;
                byte[] of = new byte[size * run];
                for (int y = 0; y < size; y++) {
                    System.arraycopy(
                            pixels, i * patches.patchBytes() + (top + y) * row + part % parts * run, of, y * run, run);
                }
                int position = patches.position(i);
                int y = position / sample.grid() * parts + part / parts;
                cut.set(y * grid + position % sample.grid() * parts + part % parts, of);
            }
        }
        int[] positions = IntStream.range(0, cut.size())
                .filter(place -> cut.get(place).length > 0)
                .toArray();
        byte[] all = new byte[positions.length * size * run];
        IntStream.range(0, positions.length)
                .forEach(i -> System.arraycopy(cut.get(positions[i]), 0, all, i * size * run, size * run));
        return new Sample(
                grid, PixelPatches.of(size, patches.channels(), Arrays.copyOf(positions, positions.length), all));
    }
}
