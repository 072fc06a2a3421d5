package glimpse.convert;

import glimpse.convert.error.ConvertException;
import glimpse.engine.Capture;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.Preprocessing;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How the logits of the stored model differ from those of the source's own weights. Immutable.
 *
 * @param images number of images compared
 * @param skipped number of files that couldn't be decoded
 * @param sameTop1 number of images whose top-1 class is the same; empty for an encoder, whose features take the place
 *     of logits
 * @param largestLogit largest magnitude of a logit of the source
 * @param largestDifference largest difference of a logit
 */
public record Verification(int images, int skipped, OptionalInt sameTop1, float largestLogit, float largestDifference) {

    /**
     * Compares two converted files of one model on images.
     *
     * @param exact the source's weights as F32
     * @param stored the file to be verified
     * @param images an image, or a folder with images in it or below
     */
    static Verification of(Path exact, Path stored, Path images) throws IOException {
        List<Path> files = imagesIn(images);
        try (Workers workers = Workers.ofPhysicalCores()) {
            VisionTransformer reference = VisionTransformer.load(exact, workers);
            VisionTransformer model = VisionTransformer.load(stored, workers);
            Preprocessing preprocessing = Preprocessing.readFrom(reference.metadata(), reference.config());
            Session referenceSession = reference.newSession();
            Session session = model.newSession();
            int compared = 0;
            int same = 0;
            float largest = 0;
            float difference = 0;
            for (Path file : files) {
                PatchSequence patches;
                try {
                    patches = preprocessing.apply(RgbImage.read(file));
                } catch (ImageFormatException e) {
                    continue; // counted as skipped
                }
                float[] expected = outputs(file, reference, referenceSession.forward(patches, Capture.none()));
                float[] found = outputs(file, model, session.forward(patches, Capture.none()));
                for (int i = 0; i < expected.length; i++) {
                    if (!Float.isFinite(found[i] - expected[i])) {
                        throw new ConvertException(file + ": the model's output isn't a number");
                    }
                    largest = Math.max(largest, Math.abs(expected[i]));
                    difference = Math.max(difference, Math.abs(found[i] - expected[i]));
                }
                compared++;
                same += top1(expected) == top1(found) ? 1 : 0;
            }
            if (compared == 0) {
                throw new ConvertException(images + ": no JPEG or PNG image that can be decoded");
            }
            OptionalInt sameTop1 = reference.config().classes() > 0 ? OptionalInt.of(same) : OptionalInt.empty();
            return new Verification(compared, files.size() - compared, sameTop1, largest, difference);
        }
    }

    /** Returns a summary in one line. */
    String text() {
        String top1 = sameTop1.isEmpty()
                ? "features"
                : String.format(
                        Locale.ROOT,
                        "the top-1 class of %d is the same (%.2f %%), logits",
                        sameTop1.getAsInt(),
                        100.0 * sameTop1.getAsInt() / images);
        return String.format(
                Locale.ROOT,
                "verified on %d %s%s: %s up to %.3f differ by at most %.2g",
                images,
                images == 1 ? "image" : "images",
                skipped == 0 ? "" : " (" + skipped + " skipped)",
                top1,
                largestLogit,
                largestDifference);
    }

    private static float[] outputs(Path file, VisionTransformer model, Output output) throws ConvertException {
        try {
            return model.config().classes() > 0 ? output.logits(0) : output.features(0);
        } catch (NonFiniteOutputException e) {
            throw new ConvertException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> imagesIn(Path images) throws IOException {
        if (!Files.exists(images)) {
            throw new NoSuchFileException(images + ": no such file or folder");
        }
        try (Stream<Path> files = Files.walk(images)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
        }
    }

    private static int top1(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }
}
