package glimpse.evaluation.plan;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;

/** What the server is sent of an image, and in which form. Immutable. */
public sealed interface Upload {
    /** The whole image, uncompressed: what the server baseline is measured with. */
    Upload WHOLE = new Patches(SelectionPolicy.WHOLE, PayloadCodec.raw());

    /** Returns how patches are scored, as an option writes it. */
    String score();

    /** Returns which patches are sent, as an option writes it. */
    String selection();

    /** Returns how pixels are encoded, as an option writes it. */
    String codec();

    /** Returns the upload as one word, {@code mean/sum:0.97/raw} or {@code file/jpeg:85}. */
    String spec();

    /** Returns whether the edge's attention chose nothing, so that the upload is there for comparison only. */
    boolean isComparison();

    /**
     * Reads the three texts that describe an upload.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static Upload parse(String score, String selection, String codec) {
        if (selection.equals(WholeFile.SELECTION)) {
            return new WholeFile(FileFormat.parse(codec));
        }
        SelectionPolicy policy = new SelectionPolicy(AttentionScore.parse(score), PatchSelection.parse(selection));
        return new Patches(policy, PayloadCodec.parse(codec));
    }

    /**
     * Patches in a message.
     *
     * @param policy chooses them
     * @param payloadCodec encodes their pixels
     */
    record Patches(SelectionPolicy policy, PayloadCodec payloadCodec) implements Upload {
        @Override
        public String score() {
            return policy.score().spec();
        }

        @Override
        public String selection() {
            return policy.selection().spec();
        }

        @Override
        public String codec() {
            return payloadCodec.spec();
        }

        @Override
        public String spec() {
            return policy.spec() + "/" + codec();
        }

        @Override
        public boolean isComparison() {
            return policy.selection().isRandom();
        }
    }

    /**
     * What a device would send that chooses nothing: the square that the model sees, as an image file. Its bytes are the
     * file's, headers included, without a message around it.
     *
     * @param format of the file
     */
    record WholeFile(FileFormat format) implements Upload {
        private static final String SELECTION = "file";

        @Override
        public String score() {
            return "none";
        }

        @Override
        public String selection() {
            return SELECTION;
        }

        @Override
        public String codec() {
            return format.spec();
        }

        @Override
        public String spec() {
            return SELECTION + "/" + codec();
        }

        @Override
        public boolean isComparison() {
            return true;
        }
    }
}
