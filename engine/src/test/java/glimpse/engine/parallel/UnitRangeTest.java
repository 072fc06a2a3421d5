package glimpse.engine.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Units are taken from both ends, each of them once. */
class UnitRangeTest {
    private final UnitRange range = new UnitRange();

    @Test
    void givesUnitsFromBothEndsUntilNoneIsLeft() {
        range.set(3, 7);
        assertThat(range.first()).isEqualTo(3);
        assertThat(range.last()).isEqualTo(6);
        assertThat(range.last()).isEqualTo(5);
        assertThat(range.first()).isEqualTo(4);
        assertThat(range.first()).isEqualTo(-1);
        assertThat(range.last()).isEqualTo(-1);
    }

    @Test
    void hasNoneWhereItIsEmpty() {
        range.set(4, 4);
        assertThat(range.first()).isEqualTo(-1);
        assertThat(range.last()).isEqualTo(-1);
    }
}
