package glimpse.evaluation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.evaluation.network.Link.Direction;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    @ParameterizedTest
    @ValueSource(strings = {"lte", "wifi", "nb-iot"})
    void aPresetIsReadByItsNameAndSaysItsSource(String name) {
        Link link = Links.parse(name);
        assertThat(link.name()).isEqualTo(name);
        assertThat(Links.presets()).contains(link);
        assertThat(link.source()).contains("Rates", "ound trip", "oss ", "assumed");
    }

    @Test
    void aCustomLinkIsReadFromItsFigures() {
        Link link = Links.parse("link:250:1000.5:40:0.02");
        assertThat(link.up()).isEqualTo(new Direction(250, 0.02, Optional.empty()));
        assertThat(link.down()).isEqualTo(new Direction(1000.5, 0.02, Optional.empty()));
        assertThat(link.roundTripMillis()).isEqualTo(40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lte", "link:250:1000.5:40:0.02", "wifi/loss:0.2:1460:4.0", "link:1:1:1:0/loss:0.0:255"})
    void aLinkIsFoundByItsName(String name) {
        assertThat(Links.ofName(name).name()).isEqualTo(name);
        assertThat(Links.ofName(name).erasure().isPresent()).isEqualTo(name.contains("loss"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5g",
                "lte:1",
                "link",
                "link:1:1:1",
                "link:0:1:1:0",
                "link:1:0:1:0",
                "link:1:1:1:1",
                "link:1:1:-1:0",
                "link:a:1:1:0"
            })
    void anUnknownLinkIsRefusedWithWhatWasExpected(String text) {
        assertThatThrownBy(() -> Links.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is invalid, expected " + Links.SYNTAX);
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new Direction(0, 0, Optional.empty())).hasMessageContaining("the rate is 0.0 kbit/s");
        assertThatThrownBy(() -> new Direction(1, 1, Optional.empty())).hasMessageContaining("the loss is 1.0");
        assertThatThrownBy(() -> new Direction(1, 0, Optional.of(-1.0))).hasMessageContaining("-1.0");
        Direction any = new Direction(1, 0, Optional.empty());
        assertThatThrownBy(() -> new Link("x", "", any, any, -1, 100, 10)).hasMessageContaining("-1.0 ms");
        assertThatThrownBy(() -> new Link("x", "", any, any, 1, 10, 10)).hasMessageContaining("10 bytes");
    }
}
