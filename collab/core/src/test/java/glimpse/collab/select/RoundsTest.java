package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {
    private static final float[] SCORES = {0.05f, 0.4f, 0.1f, 0.3f, 0.15f};

    private static List<int[]> positions(String spec) {
        ScoredPatches patches = new ScoredPatches(SCORES, Optional.empty());
        return PatchSelection.parse(spec).selectRounds(patches, "a").stream()
                .map(SelectedPatches::positions)
                .toList();
    }

    @Test
    void eachRoundAddsWhatItsSelectionHasBeyondThoseBefore() {
        assertThat(positions("rounds:top:1,top:3,all"))
                .containsExactly(new int[] {1}, new int[] {1, 3, 4}, new int[] {0, 1, 2, 3, 4});
        assertThat(positions("rounds:top:3,top:1,threshold:0.1"))
                .containsExactly(new int[] {1, 3, 4}, new int[] {1, 3, 4}, new int[] {1, 2, 3, 4});
    }

    @Test
    void anySelectionHasOneRound() {
        assertThat(positions("top:2")).containsExactly(new int[] {1, 3});
    }

    @Test
    void theLastRoundIsTheSelection() {
        ScoredPatches patches = new ScoredPatches(SCORES, Optional.empty());
        Rounds rounds = (Rounds) PatchSelection.parse("rounds:top:1,sum:0.75,top:4");
        List<SelectedPatches> all = rounds.selectRounds(patches, "a");
        assertThat(rounds.select(patches, "a").positions()).isEqualTo(all.get(2).positions());
        assertThat(rounds.first(2).select(patches, "a").positions())
                .isEqualTo(all.get(1).positions());
        SelectedPatches last = rounds.selectLast(all.get(1), patches, "a");
        assertThat(last.positions()).isEqualTo(all.get(2).positions());
        assertThat(last.lowestScore()).isEqualTo(0.1f);
        assertThat(last.positionsBeyond(all.get(1))).containsExactly(2, 4);
    }

    @Test
    void aRoundThatAddsNothingKeepsWhatIsThere() {
        ScoredPatches patches = new ScoredPatches(SCORES, Optional.empty());
        List<SelectedPatches> all =
                PatchSelection.parse("rounds:top:3,sum:0.1,top:3").selectRounds(patches, "a");
        assertThat(all).extracting(SelectedPatches::count).containsExactly(3, 3, 3);
        assertThat(all).extracting(SelectedPatches::sumOfScores).containsOnly(0.4f + 0.3f + 0.15f);
    }

    @Test
    void complementingRoundsNestInTheirOrder() {
        Random random = new Random(3);
        float[] scores = new float[30];
        float[] tokens = new float[30 * 8];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextFloat();
        }
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = random.nextFloat();
        }
        ScoredPatches patches = new ScoredPatches(scores, Optional.of(PatchTokens.of(tokens, 8)));
        PatchSelection rounds = PatchSelection.parse("rounds:top:4+diverse:0.6,top:9+diverse:0.6,all");
        assertThat(rounds.needsTokens()).isTrue();
        assertThat(rounds.selectRounds(patches, "a"))
                .extracting(SelectedPatches::count)
                .containsExactly(4, 9, 30);
    }

    @Test
    void atRandomEachRoundHasAsManyPatches() {
        PatchSelection random = PatchSelection.randomMatched(PatchSelection.parse("rounds:top:1,sum:0.75,all"));
        assertThat(random.isRandom()).isTrue();
        assertThat(random.spec()).isEqualTo("rounds:random-matched:top:1,random-matched:sum:0.75,random-matched:all");
        assertThat(positions(random.spec())).extracting(round -> round.length).containsExactly(1, 2, 5);
        assertThat(PatchSelection.parse("rounds:top:1,all").isRandom()).isFalse();
        assertThat(PatchSelection.parse("random-matched:rounds:top:1,sum:0.75,all"))
                .isEqualTo(random);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rounds:top:10,top:30,all", "rounds:top:5+diverse:0.6,sum:0.9,random:3:7", "rounds:threshold:0.1"
            })
    void aSpecIsReadBack(String spec) {
        PatchSelection rounds = PatchSelection.parse(spec);
        assertThat(rounds.spec()).isEqualTo(spec);
        assertThat(PatchSelection.parse(rounds.spec())).isEqualTo(rounds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rounds|'rounds' is invalid",
                "rounds:|'rounds:': '' is invalid",
                "rounds:top:1,|'rounds:top:1,': '' is invalid",
                "rounds:top:1,rounds:all|a round is in rounds itself",
                "rounds:top:x,all|'rounds:top:x,all': 'top:x' is invalid",
                "random-matched:rounds|'rounds' is invalid",
                "random-matched:rounds:top:x,all|'top:x' is invalid",
                "random-matched:rounds:random-matched:top:1,all|is invalid",
            })
    void whatIsWrongIsSaid(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchSelection.parse(spec))
                .withMessageContaining(message);
    }

    @Test
    void roundsAreAtMostSixteen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchSelection.parse("rounds:all" + ",all".repeat(16)))
                .withMessageContaining("there are 17 rounds, expected 1..16");
    }
}
