package glimpse.evaluation.plan;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.Rounds;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.network.Erasure;
import java.util.ArrayList;
import java.util.List;

/** What the server is sent of each image, in which form, and perhaps what becomes of it on the way. Immutable. */
public sealed interface Upload {
    /** All patches, uncompressed: the upload that the server baseline is measured with. */
    Upload WHOLE = new Patches(SelectionPolicy.WHOLE, PayloadCodec.raw());

    /** Returns how patches are scored, as written in an option; {@code none} for a file. */
    String score();

    /** Returns which patches are sent, as written in an option; {@code file} for a file. */
    String selection();

    /** Returns how pixels are encoded, as written in an option. */
    String codec();

    /**
     * Returns the upload as one word, {@code mean/sum:0.97/raw} or {@code file/jpeg:85}; {@link #parse} reads it back.
     */
    String spec();

    /**
     * Returns what the rows of a run hold results of: of an upload in rounds, the upload as far as each round;
     * otherwise the upload itself.
     */
    List<Upload> rounds();

    /** Returns whether the upload is in rounds, which a rule may end. */
    boolean isInRounds();

    /** Returns whether the upload ignores the edge's attention and so serves as a comparison only. */
    boolean isComparison();

    /** Returns whether it is that of arXiv 2404.07217: patches by their scores alone, uncompressed, in one message. */
    boolean isPaperMethod();

    /**
     * Reads an upload from one word; the inverse of {@link #spec}.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static Upload parse(String spec) {
        int last = spec.lastIndexOf('/');
        if (spec.startsWith(Erasure.NAME + ":", last + 1)) {
            return new Erased(parseSent(spec.substring(0, Math.max(0, last))), Erasure.parse(spec.substring(last + 1)));
        }
        return parseSent(spec);
    }

    private static Upload parseSent(String spec) {
        String[] parts = spec.split("/", -1);
        if (parts.length == 2 && parts[0].equals(WholeFile.SELECTION)) {
            return file(parts[1]);
        }
        if (parts.length != 3) {
            throw new IllegalArgumentException(
                    "'" + spec + "' is invalid, expected SCORE/SELECTION/CODEC or " + WholeFile.SELECTION + "/FORMAT");
        }
        return parse(parts[0], parts[1], parts[2]);
    }

    /**
     * Reads an upload from the three texts that describe it.
     *
     * @throws IllegalArgumentException with one line that says what was expected
     */
    static Upload parse(String score, String selection, String codec) {
        if (selection.equals(WholeFile.SELECTION)) {
            return file(codec);
        }
        SelectionPolicy policy = new SelectionPolicy(AttentionScore.parse(score), PatchSelection.parse(selection));
        return new Patches(policy, PayloadCodec.parse(codec));
    }

    private static Upload file(String format) {
        return new WholeFile(
                FileFormat.EncodedElsewhere.matches(format)
                        ? FileFormat.EncodedElsewhere.ofSpec(format)
                        : FileFormat.parse(format));
    }

    /**
     * Patches in a message.
     *
     * @param policy selects the patches
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
        public List<Upload> rounds() {
            if (!(policy.selection() instanceof Rounds rounds)) {
                return List.of(this);
            }
            List<Upload> all = new ArrayList<>();
            for (int count = 1; count <= rounds.selections().size(); count++) {
                all.add(new Patches(new SelectionPolicy(policy.score(), rounds.first(count)), payloadCodec));
            }
            return all;
        }

        @Override
        public boolean isInRounds() {
            return policy.selection() instanceof Rounds;
        }

        @Override
        public boolean isComparison() {
            return policy.selection().isRandom();
        }

        @Override
        public boolean isPaperMethod() {
            return payloadCodec instanceof PayloadCodec.Raw
                    && switch (policy.selection()) {
                        case PatchSelection.Top _,
                                PatchSelection.Threshold _,
                                PatchSelection.AttentionSum _,
                                PatchSelection.All _ -> true;
                        default -> false;
                    };
        }
    }

    /**
     * What a device without the method would send: the square that the model sees, as an image file. Its bytes are
     * those of the file, headers included, without a message around it.
     *
     * @param format the file's format
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
        public List<Upload> rounds() {
            if (!(format instanceof FileFormat.Scans(int quality, int scans))) {
                return List.of(this);
            }
            List<Upload> all = new ArrayList<>();
            for (int count = 1; count <= scans; count++) {
                all.add(new WholeFile(new FileFormat.Scans(quality, count)));
            }
            return all;
        }

        @Override
        public boolean isInRounds() {
            return format instanceof FileFormat.Scans;
        }

        @Override
        public boolean isComparison() {
            return true;
        }

        @Override
        public boolean isPaperMethod() {
            return false;
        }
    }

    /**
     * An upload in packets that may be lost and aren't sent again: what the server sees of it is what arrives. Its
     * bytes are those of all packets, headers of the network included.
     *
     * @param sent what is sent; not in rounds, and not erased itself
     * @param erasure which packets are lost
     */
    record Erased(Upload sent, Erasure erasure) implements Upload {
        /** Checks what is sent. */
        public Erased {
            if (sent.isInRounds() || sent instanceof Erased) {
                throw new IllegalArgumentException(sent.spec() + " can't lose packets, expected an upload at once");
            }
        }

        @Override
        public String score() {
            return sent.score();
        }

        @Override
        public String selection() {
            return sent.selection();
        }

        @Override
        public String codec() {
            return sent.codec();
        }

        @Override
        public String spec() {
            return sent.spec() + "/" + erasure.spec();
        }

        @Override
        public List<Upload> rounds() {
            return List.of(this);
        }

        @Override
        public boolean isInRounds() {
            return false;
        }

        @Override
        public boolean isComparison() {
            return sent.isComparison();
        }

        @Override
        public boolean isPaperMethod() {
            return false; // nothing is lost in the paper
        }
    }
}
