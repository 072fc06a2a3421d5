package glimpse.evaluation.calibration;

import glimpse.collab.spec.SpecText;
import glimpse.evaluation.plan.Upload;
import java.util.Locale;

/** What an operating point may send of each image, on average. Immutable. */
public sealed interface Budget {
    /** How a budget is written in an option. */
    String SYNTAX = "SHARE (0..1, the paper's cost) or bytes:COUNT";

    /** Returns the budget as written in an option; {@link #parse} reads it back. */
    String spec();

    /** Returns what an image takes of it if it is offloaded, in patches or bytes. */
    long spent(GatedImage image);

    /**
     * Returns whether a set of images keeps to it.
     *
     * @param spent the sum over its offloaded images
     * @param images number of all its images
     */
    boolean allows(long spent, int images);

    /**
     * Returns in words what a set of images takes per image.
     *
     * @param spent the sum over its offloaded images
     * @param images number of all its images, at least 1
     */
    String shown(long spent, int images);

    /**
     * Says that no gate keeps both this budget and a promise, as one line.
     *
     * @param spent by the images that the loosest gate offloads
     * @param images number of all its images, at least 1
     */
    default String exceeded(long spent, int images, Upload upload) {
        return "the loosest gate that keeps the promise needs " + shown(spent, images) + " per image with "
                + upload.spec() + ", expected at most " + spec();
    }

    /**
     * Reads a budget.
     *
     * @param patches number of patches of a whole image
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static Budget parse(String text, int patches) {
        SpecText option = SpecText.parse(text);
        if (option.name().equals("bytes")) {
            option.requireArguments(1, 1, SYNTAX);
            return new Bytes(option.integer(0, SYNTAX));
        }
        option.requireArguments(0, 0, SYNTAX);
        return new Cost(SpecText.parse("cost:" + option.text()).decimal(0, 1, SYNTAX), patches);
    }

    /**
     * The paper's cost.
     *
     * @param share the mean share of an image's patches that is sent, over all images, 0..1
     * @param patches number of patches of a whole image
     */
    record Cost(double share, int patches) implements Budget {
        @Override
        public String spec() {
            return SpecText.plain(share);
        }

        @Override
        public long spent(GatedImage image) {
            return image.kept();
        }

        @Override
        public boolean allows(long spent, int images) {
            return spent <= share * patches * images;
        }

        @Override
        public String shown(long spent, int images) {
            return String.format(Locale.ROOT, "a cost of %.4f", (double) spent / patches / images);
        }
    }

    /**
     * Bytes to the server.
     *
     * @param count the mean over all images
     */
    record Bytes(int count) implements Budget {
        @Override
        public String spec() {
            return "bytes:" + count;
        }

        @Override
        public long spent(GatedImage image) {
            return image.upBytes();
        }

        @Override
        public boolean allows(long spent, int images) {
            return spent <= (long) count * images;
        }

        @Override
        public String shown(long spent, int images) {
            return String.format(Locale.ROOT, "%.0f bytes", (double) spent / images);
        }
    }
}
