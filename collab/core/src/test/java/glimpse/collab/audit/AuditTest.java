package glimpse.collab.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AuditTest {
    @Test
    void aboutTheShareIsPicked() {
        Audit audit = new Audit(0.1);
        assertThat(IntStream.range(0, 10_000)
                        .filter(i -> audit.picks("image" + i, 0))
                        .count())
                .isBetween(900L, 1100L);
    }

    /** A camera may write every picture to the same file. */
    @Test
    void imagesOfOneNameArePickedAsOften() {
        Audit audit = new Audit(0.1);
        assertThat(IntStream.range(0, 10_000)
                        .filter(i -> audit.picks("frame.jpg", i))
                        .count())
                .isBetween(900L, 1100L);
    }

    @Test
    void theSameImageIsPickedAgainWithTheSameSeedAlone() {
        Audit audit = new Audit(0.5, 3);
        assertThat(IntStream.range(0, 100)
                        .allMatch(i -> audit.picks("a" + i, i) == new Audit(0.5, 3).picks("a" + i, i)))
                .isTrue();
        assertThat(IntStream.range(0, 100)
                        .allMatch(i -> audit.picks("a" + i, i) == new Audit(0.5, 4).picks("a" + i, i)))
                .isFalse();
    }

    @Test
    void theEndsOfTheRangePickNoneAndAll() {
        assertThat(IntStream.range(0, 100).anyMatch(i -> Audit.NONE.picks("a", i)))
                .isFalse();
        assertThat(IntStream.range(0, 100).allMatch(i -> new Audit(1).picks("a", i)))
                .isTrue();
        assertThatThrownBy(() -> new Audit(1.5)).hasMessage("share is 1.5, expected 0..1");
    }
}
