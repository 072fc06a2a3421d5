package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComplementingByCountTest {
    private static final int PATCHES = 49;
    private static final int WIDTH = 7;

    private static ScoredPatches patches() {
        Random random = new Random(11);
        float[] scores = new float[PATCHES];
        float[] tokens = new float[PATCHES * WIDTH];
        for (int i = 0; i < tokens.length; i++) {
            scores[i % PATCHES] = random.nextFloat();
            tokens[i] = random.nextFloat() - 0.5f;
        }
        return new ScoredPatches(scores, Optional.of(PatchTokens.of(tokens, WIDTH)))
                .sentAs(positions -> 15 + 20 * positions.length);
    }

    private static int[] positions(String selection) {
        return PatchSelection.parse(selection).select(patches(), "a").positions();
    }

    @ParameterizedTest
    @CsvSource({"3, 4", "9, 4", "10, 1.5", "29, 1.5", "30, 0.2", "49, 0.2"})
    void eachCountHasItsWeight(int count, String weight) {
        assertThat(positions("top:" + count + "+diverse:4@5:1.5@10:0.2@30"))
                .isEqualTo(positions("top:" + count + "+diverse:" + weight));
    }

    @Test
    void aBudgetOfBytesHasTheWeightOfAsManyPatchesAsItHolds() {
        assertThat(positions("bytes:315+diverse:4@5:1.5@15:0.2@30")).isEqualTo(positions("top:15+diverse:1.5"));
        assertThat(positions("bytes:314+diverse:4@5:1.5@15:0.2@30")).isEqualTo(positions("top:14+diverse:4"));
    }

    @ParameterizedTest
    @CsvSource({
        "top:20+diverse:1@5:.6@20, top:20+diverse:1.0@5:0.6@20",
        "bytes:900+diverse:0@1, bytes:900+diverse:0.0@1",
        "random-matched:sum:0.5+diverse:2@3, random-matched:sum:0.5+diverse:2.0@3"
    })
    void itIsWrittenAsItIsRead(String text, String written) {
        assertThat(Selections.assertWritten(text, written).needsTokens()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "top:3+diverse:1@",
                "top:3+diverse:@1",
                "top:3+diverse:1@0",
                "top:3+diverse:1@5:2@5",
                "top:3+diverse:1@5:2@4",
                "top:3+diverse:1@5:2",
                "top:3+diverse:1@5@6",
                "top:3+diverse:-1@5",
                "all+diverse:1@5"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchSelection.parse(text))
                .withMessage("'" + text + "' is invalid, expected " + PatchSelection.SYNTAX);
    }

    @Test
    void weightsAreAtLeastOne() {
        PatchBudget budget = new PatchSelection.Top(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ComplementingByCount(budget, new TreeMap<>()))
                .withMessage("there are 0 weights, expected 1..16");
    }
}
