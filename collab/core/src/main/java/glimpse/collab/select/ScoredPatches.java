package glimpse.collab.select;

import java.util.Objects;
import java.util.Optional;

/** What a selection chooses from: an image's patches, by position. Immutable. */
public final class ScoredPatches {
    private final float[] scores; // [patches]
    private final Optional<PatchTokens> tokens;
    private final Optional<MessageLength> messageLength;

    /**
     * Creates an image's patches.
     *
     * @param scores {@code [patches]}
     * @param tokens what the model made of them, if a selection asks for it
     */
    public ScoredPatches(float[] scores, Optional<PatchTokens> tokens) {
        this(scores.clone(), Objects.requireNonNull(tokens, "tokens"), Optional.empty());
        tokens.ifPresent(some -> {
            if (some.patches() != scores.length) {
                throw new IllegalArgumentException(
                        some.patches() + " tokens, expected one for each of " + scores.length + " scores");
            }
        });
    }

    private ScoredPatches(float[] scores, Optional<PatchTokens> tokens, Optional<MessageLength> messageLength) {
        this.scores = scores;
        this.tokens = tokens;
        this.messageLength = messageLength;
    }

    /** Returns the same patches with the length of messages, if a selection asks for it. */
    public ScoredPatches sentAs(MessageLength length) {
        return new ScoredPatches(scores, tokens, Optional.of(length));
    }

    /** Returns the scores, not to be changed. */
    float[] scores() {
        return scores;
    }

    /**
     * Returns the tokens.
     *
     * @throws IllegalArgumentException if there are none
     */
    PatchTokens tokens() {
        return tokens.orElseThrow(
                () -> new IllegalArgumentException("the pass kept no patch tokens, the selection needs them"));
    }

    /**
     * Returns what tells a message's length.
     *
     * @throws IllegalArgumentException if there is none
     */
    MessageLength messageLength() {
        return messageLength.orElseThrow(() ->
                new IllegalArgumentException("no codec is known, the selection needs the length of its messages"));
    }
}
