package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class VitConfigBuilderTest {
    @Test
    void whatIsNotSetIsAsInDeit() {
        VitConfig tiny = VitConfig.builder()
                .imageSize(224)
                .patchSize(16)
                .width(192)
                .depth(12)
                .heads(3)
                .classes(1000)
                .build();
        assertThat(tiny).isEqualTo(new VitConfig(224, 16, 3, 192, 12, 3, 768, 1, 1000, true, 1e-6f));
    }

    @Test
    void everythingCanBeSet() {
        VitConfig config = VitConfig.builder()
                .imageSize(28)
                .patchSize(14)
                .channels(1)
                .width(24)
                .depth(2)
                .heads(3)
                .mlpWidth(40)
                .prefixTokens(5)
                .classes(0)
                .qkvBias(false)
                .layerNormEpsilon(1e-5f)
                .pooling(Pooling.CLASS_TOKEN_AND_MEAN)
                .activation(Activation.SWIGLU)
                .preNorm(true)
                .projectionWidth(7)
                .representationWidth(9)
                .build();
        assertThat(config)
                .isEqualTo(new VitConfig(
                        28,
                        14,
                        1,
                        24,
                        2,
                        3,
                        40,
                        5,
                        0,
                        false,
                        1e-5f,
                        Pooling.CLASS_TOKEN_AND_MEAN,
                        Activation.SWIGLU,
                        true,
                        7,
                        9));
    }

    @Test
    @SuppressWarnings("NullAway") // what is tested
    void aValueThatIsMissingIsNamed() {
        assertThatThrownBy(() -> VitConfig.builder().imageSize(224).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("patchSize is 0, expected 1..1024");
        VitConfigBuilder complete = VitConfig.builder()
                .imageSize(16)
                .patchSize(4)
                .width(24)
                .depth(1)
                .heads(3);
        assertThatThrownBy(() -> complete.pooling(null).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("pooling");
        assertThatThrownBy(() ->
                        complete.pooling(Pooling.CLASS_TOKEN).activation(null).build())
                .hasMessage("activation");
    }
}
