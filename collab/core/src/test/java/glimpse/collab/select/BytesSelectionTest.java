package glimpse.collab.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesSelectionTest {
    private static final int PATCHES = 196;
    private static final int WIDTH = 5;

    private final List<Integer> asked = new ArrayList<>(); // lengths of messages, by their number of patches

    private ScoredPatches patches(MessageLength length) {
        Random random = new Random(3);
        float[] scores = new float[PATCHES];
        float[] tokens = new float[PATCHES * WIDTH];
        for (int i = 0; i < tokens.length; i++) {
            scores[i % PATCHES] = random.nextFloat();
            tokens[i] = random.nextFloat();
        }
        return new ScoredPatches(scores, Optional.of(PatchTokens.of(tokens, WIDTH))).sentAs(positions -> {
            assertThat(positions).isSorted().doesNotHaveDuplicates();
            asked.add(positions.length);
            return length.bytes(positions);
        });
    }

    /** Bytes that grow by a constant, ever faster, ever slower, and here and there not at all. */
    private static MessageLength length(String kind) {
        return positions -> {
            int n = positions.length;
            return 15
                    + switch (kind) {
                        case "straight" -> 20 * n;
                        case "steeper" -> n + n * n / 4;
                        case "flatter" -> (int) (300 * Math.sqrt(n));
                        case "uneven" -> 20 * n - Arrays.stream(positions).sum() % 37;
                        case "raw" -> 768 * n;
                        default -> throw new IllegalArgumentException(kind);
                    };
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"straight", "steeper", "flatter", "uneven", "raw"})
    void theMessageIsWithinTheBudgetAndOnePatchMoreIsNot(String kind) {
        for (String order : List.of("", "+diverse:0.6")) {
            int[] all = PatchSelection.parse("top:196" + order)
                    .select(patches(length(kind)), "a")
                    .order();
            for (int bytes = 0; bytes < 5000; bytes += 111) {
                asked.clear();
                SelectedPatches selected =
                        PatchSelection.parse("bytes:" + bytes + order).select(patches(length(kind)), "a");
                int count = selected.count();
                assertThat(selected.order()).isEqualTo(Arrays.copyOf(all, count));
                assertThat(count == 0 || bytes(kind, all, count) <= bytes).isTrue();
                assertThat(count == PATCHES || bytes(kind, all, count + 1) > bytes)
                        .isTrue();
                assertThat(asked).hasSizeLessThan(16);
            }
        }
    }

    private static int bytes(String kind, int[] order, int count) {
        return length(kind).bytes(IntStream.of(order).limit(count).sorted().toArray());
    }

    @Test
    void fewMessagesAreEncodedWhereBytesGrowEvenly() {
        PatchSelection.parse("bytes:1200").select(patches(length("straight")), "a");
        assertThat(asked).hasSizeLessThan(6);
    }

    @Test
    void aLargeBudgetTakesAll() {
        SelectedPatches selected = new BytesSelection(1 << 20).select(patches(length("raw")), "a");
        assertThat(selected.count()).isEqualTo(PATCHES);
    }

    @Test
    void noneIsTakenWhereNotEvenOneFits() {
        assertThat(new BytesSelection(14).select(patches(length("raw")), "a").count())
                .isZero();
        assertThat(new BytesSelection(782).select(patches(length("raw")), "a").count())
                .isZero();
        assertThat(new BytesSelection(783).select(patches(length("raw")), "a").count())
                .isEqualTo(1);
    }

    @Test
    void aRoundHasTheWholeBudgetForWhatTheServerHasThen() {
        List<SelectedPatches> rounds =
                PatchSelection.parse("rounds:bytes:255,top:20").selectRounds(patches(length("straight")), "a");
        assertThat(rounds.stream().map(SelectedPatches::count)).containsExactly(12, 20);
    }

    @Test
    void randomMatchedTakesAsMany() {
        PatchSelection matched = PatchSelection.parse("random-matched:bytes:255");
        assertThat(matched.select(patches(length("straight")), "a").count()).isEqualTo(12);
        assertThat(matched.needsMessageLength()).isTrue();
    }

    @Test
    void withoutACodecItSaysWhatItNeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchSelection.parse("bytes:1200").select(new float[3], ""))
                .withMessage("no codec is known, the selection needs the length of its messages");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes:1200, bytes:1200",
        "bytes:0, bytes:0",
        "bytes:1200+diverse:.6, bytes:1200+diverse:0.6",
        "'rounds:bytes:400,all', 'rounds:bytes:400,all'"
    })
    void itIsWrittenAsItIsRead(String text, String written) {
        assertThat(Selections.assertWritten(text, written).needsMessageLength()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "bytes:", "bytes:-1", "bytes:1.5", "bytes:1:2", "bytes:9999999999"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PatchSelection.parse(text))
                .withMessage("'" + text + "' is invalid, expected " + PatchSelection.SYNTAX);
    }
}
