package glimpse.evaluation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErasureTest {
    private static final int IMAGES = 4000;
    private static final int PACKETS = 50;

    @ParameterizedTest
    @CsvSource({
        "loss:0:1460, loss:0.0:1460",
        "loss:0.2:255:4, loss:0.2:255:4.0",
        "loss:.5:68, loss:0.5:68",
        "loss:0.5:65535:2, loss:0.5:65535:2.0"
    })
    void itIsWrittenAsItIsRead(String text, String written) {
        Erasure erasure = Erasure.parse(text);
        assertThat(erasure.spec()).isEqualTo(written);
        assertThat(Erasure.parse(written)).isEqualTo(erasure);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "loss",
                "loss:0.2",
                "loss:1:1460",
                "loss:-0.1:1460",
                "loss:0.2:67",
                "loss:0.2:65536",
                "loss:0.2:1460:1",
                "loss:0.5:1460:1.9",
                "loss:0.2:1460:4:1",
                "gain:0.2:1460"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Erasure.parse(text))
                .withMessage("'" + text + "' is invalid, expected " + Erasure.SYNTAX);
    }

    @ParameterizedTest
    @CsvSource({
        "loss:0.05:1460, 1.0526",
        "loss:0.2:1460, 1.25",
        "loss:0.5:1460, 2",
        "loss:0.05:1460:4, 4",
        "loss:0.2:1460:4, 4",
        "loss:0.5:1460:10, 10"
    })
    void asManyPacketsAreLostAsItSaysInBurstsOfTheLengthItSays(String text, double burst) {
        Erasure erasure = Erasure.parse(text);
        long lost = 0;
        long afterLost = 0;
        long ended = 0;
        for (int image = 0; image < IMAGES; image++) {
            boolean[] losses = erasure.lost("image" + image, PACKETS);
            for (int i = 0; i < PACKETS; i++) {
                lost += losses[i] ? 1 : 0;
                if (i > 0 && losses[i - 1]) {
                    afterLost++;
                    ended += losses[i] ? 0 : 1;
                }
            }
        }
        assertThat((double) lost / IMAGES / PACKETS).isCloseTo(erasure.share(), within(0.012));
        assertThat((double) afterLost / ended).isCloseTo(burst, within(0.06 * burst));
    }

    @Test
    void lossesDependOnTheNameAlone() {
        Erasure erasure = Erasure.parse("loss:0.3:1460:3");
        boolean[] first = erasure.lost("dog", 40);
        erasure.lost("cat", 40);
        assertThat(erasure.lost("dog", 40)).isEqualTo(first);
        assertThat(erasure.lost("cat", 40)).isNotEqualTo(first);
    }

    @Test
    void whatIsLostAtAnIndependentRateIsLostAtAHigherOne() {
        for (int image = 0; image < 100; image++) {
            boolean[] few = Erasure.parse("loss:0.1:1460").lost("i" + image, 30);
            boolean[] many = Erasure.parse("loss:0.4:255").lost("i" + image, 30);
            for (int i = 0; i < few.length; i++) {
                assertThat(!few[i] || many[i]).isTrue();
            }
        }
    }

    @Test
    void nothingIsLostWithoutLoss() {
        assertThat(Erasure.parse("loss:0:1460:1").lost("dog", 5)).containsExactly(false, false, false, false, false);
        assertThat(Erasure.parse("loss:0:1460").payloadBytes()).isEqualTo(1432);
    }
}
