package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.PatchSequence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NormalisedBatchTest {
    private static final ServerResult FIRST = new ServerResult.Failed(new IllegalStateException("first"));
    private static final ServerResult SECOND = new ServerResult.Failed(new IllegalStateException("second"));

    private static PatchSequence sequence(int patches) {
        return PatchSequence.of(2, 1, new int[patches], new float[patches]);
    }

    private static ModelInput failing(Error error) {
        return new ModelInput() {
            @Override
            public int patches() {
                return 1;
            }

            @Override
            public PatchSequence sequence() {
                throw error;
            }
        };
    }

    @Test
    void anImageThatThereIsNotEnoughMemoryForFailsAlone() {
        OutOfMemoryError full = new OutOfMemoryError("full");
        NormalisedBatch batch =
                NormalisedBatch.of(List.of(ModelInput.of(sequence(0)), failing(full), ModelInput.of(sequence(1))));
        assertThat(batch.images()).extracting(PatchSequence::patches).containsExactly(0, 1);
        assertThat(batch.results(List.of(FIRST, SECOND))).containsExactly(FIRST, new ServerResult.Failed(full), SECOND);
    }

    @Test
    void inputsAreReleasedAsSoonAsTheyAreNormalised() {
        List<String> calls = new ArrayList<>();
        ModelInput input = new ModelInput() {
            @Override
            public int patches() {
                return 1;
            }

            @Override
            public PatchSequence sequence() {
                calls.add("sequence");
                return NormalisedBatchTest.sequence(1);
            }

            @Override
            public void release() {
                calls.add("release");
            }
        };
        NormalisedBatch.of(List.of(input, input));
        assertThat(calls).containsExactly("sequence", "release", "sequence", "release");
    }

    @Test
    void anotherNumberOfResultsThanImagesIsRefused() {
        NormalisedBatch batch = NormalisedBatch.of(List.of(ModelInput.of(sequence(1))));
        assertThatThrownBy(() -> batch.results(List.of(FIRST, SECOND)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 results for 1 images");
    }
}
