package glimpse.collab.select;

import java.util.Objects;
import java.util.Optional;

/** What a selection chooses from: an image's patches, by position. Immutable. */
public final class ScoredPatches {
    private final float[] scores; // [patches]
    private final Optional<PatchTokens> tokens;

    /**
     * Creates an image's patches.
     *
     * @param scores {@code [patches]}
     * @param tokens what the model made of them, if a selection asks for it
     */
    public ScoredPatches(float[] scores, Optional<PatchTokens> tokens) {
        this.scores = scores.clone();
        this.tokens = Objects.requireNonNull(tokens, "tokens");
        tokens.ifPresent(some -> {
            if (some.patches() != scores.length) {
                throw new IllegalArgumentException(
                        some.patches() + " tokens, expected one for each of " + scores.length + " scores");
            }
        });
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
}
