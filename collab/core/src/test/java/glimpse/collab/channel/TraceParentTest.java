package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final TraceParent STEP = new TraceParent(TRACE, SPAN, true);

    @ParameterizedTest
    @CsvSource({
        "00-" + TRACE + "-" + SPAN + "-01, true",
        "00-" + TRACE + "-" + SPAN + "-00, false",
        "00-" + TRACE + "-" + SPAN + "-03, true", // flags of later levels
        "00-" + TRACE + "-" + SPAN + "-fe, false",
        "01-" + TRACE + "-" + SPAN + "-01, true", // later versions, which may append
        "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-will-be-like, true",
        "cc-" + TRACE + "-" + SPAN + "-01-, true",
    })
    void aValidHeaderIsRead(String header, boolean sampled) {
        assertThat(TraceParent.parse(header)).hasValue(new TraceParent(TRACE, SPAN, sampled));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-",
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-001",
                "00-" + TRACE + "-" + SPAN + "-01-",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "cc-" + TRACE + "-" + SPAN + "-01.more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "0-" + TRACE + "-" + SPAN + "-01",
                " 00-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01 ",
                "00_" + TRACE + "-" + SPAN + "-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-" + TRACE + "-00F067AA0BA902B7-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-" + SPAN + "-01",
                "00-" + TRACE + "-00f067aa0ba902bg-01",
                "0x-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-0x",
            })
    void anInvalidHeaderIsIgnored(String header) {
        assertThat(TraceParent.parse(header)).isEmpty();
    }

    @Test
    void aStepIsWrittenAsItIsRead() {
        assertThat(STEP).hasToString("00-" + TRACE + "-" + SPAN + "-01");
        TraceParent begun = TraceParent.begin();
        assertThat(TraceParent.parse(begun.toString())).hasValue(begun);
    }

    @Test
    void aChildIsAnotherStepOfTheSameTrace() {
        TraceParent child = new TraceParent(TRACE, SPAN, false).child();
        assertThat(child.traceId()).isEqualTo(TRACE);
        assertThat(child.spanId()).isNotEqualTo(SPAN);
        assertThat(child.sampled()).isFalse();
    }

    @Test
    void noTwoTracesHaveTheSameIds() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            TraceParent step = TraceParent.begin();
            ids.add(step.traceId());
            ids.add(step.spanId());
        }
        assertThat(ids).hasSize(2000);
    }

    @Test
    void aThreadWorksWithinAStepWhileItsWorkLasts() {
        assertThat(TraceParent.current()).isEmpty();
        assertThat(STEP.<Object, RuntimeException>call(TraceParent::current).toString())
                .contains(SPAN);
        assertThat(TraceParent.current()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"00, " + SPAN, TRACE + ", 00"})
    void idsOfAnotherFormAreRejected(String traceId, String spanId) {
        assertThatThrownBy(() -> new TraceParent(traceId, spanId, true)).isInstanceOf(IllegalArgumentException.class);
    }
}
