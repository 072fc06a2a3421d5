package glimpse.convert.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** References to models on a hub. */
class HubReferenceTest {
    @Test
    void haveAnOwnerANameARevisionAndAFile() throws ConvertException {
        assertThat(HubReference.parse("hf:facebook/deit-tiny-patch16-224"))
                .isEqualTo(new HubReference("facebook", "deit-tiny-patch16-224", "main", Optional.empty()));
        assertThat(HubReference.parse("hf:timm/vit.augreg_in1k@refs%2Fpr%2F1/sub/model.safetensors"))
                .isEqualTo(
                        new HubReference("timm", "vit.augreg_in1k", "refs/pr/1", Optional.of("sub/model.safetensors")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hf:facebook/deit", "hf:timm/vit@v1", "hf:a/b@refs%2Fpr%2F1/sub/model.bin"})
    void areWrittenAsTheyAreRead(String text) throws ConvertException {
        assertThat(HubReference.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf:",
                "hf:model",
                "hf:../model",
                "hf:owner/..",
                "hf:owner/model@",
                "hf:owner/model@..%2F..",
                "hf:owner/model/../../etc/passwd",
                "hf:owner/model//file",
                "hf:owner/model/a\\b",
                "hf:owner/model/a\u001b[2J"
            })
    void thatLeaveTheCacheAreRefused(String text) {
        assertThatThrownBy(() -> HubReference.parse(text))
                .isInstanceOf(ConvertException.class)
                .hasMessageNotContaining("\u001b");
    }
}
