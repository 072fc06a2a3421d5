package glimpse.convert.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import glimpse.convert.http.Proxies;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment variables of Python's huggingface_hub. */
class HubSettingsTest {
    @TempDir
    private Path home;

    @Test
    void defaultToThePublicHubAndTheUsualCache() throws IOException {
        assertThat(HubSettings.of(Map.of(), home))
                .isEqualTo(new HubSettings(
                        URI.create("https://huggingface.co"),
                        home.resolve(".cache/huggingface/hub"),
                        Optional.empty(),
                        false,
                        Proxies.none()));
    }

    @Test
    void followTheVariables() throws IOException {
        Map<String, String> environment = Map.of(
                "HF_ENDPOINT",
                "http://mirror.example:8080/",
                "HF_HOME",
                "~/hf",
                "HF_TOKEN",
                "t",
                "HF_HUB_OFFLINE",
                "yes");

        assertThat(HubSettings.of(environment, home))
                .isEqualTo(new HubSettings(
                        URI.create("http://mirror.example:8080"),
                        home.resolve("hf/hub"),
                        Optional.of("t"),
                        true,
                        Proxies.none()));
    }

    @Test
    void readTheTokenThatPythonsLoginKeeps() throws IOException {
        Files.createDirectories(home.resolve("hf"));
        Files.writeString(home.resolve("hf/token"), "kept\n");
        Map<String, String> environment = Map.of("HF_HOME", "~/hf");

        assertThat(HubSettings.of(environment, home).token()).contains("kept");
        assertThat(HubSettings.of(Map.of("HF_HOME", "~/hf", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"), home)
                        .token())
                .isEmpty();
    }

    @Test
    void keepTheTokenToThemselves() throws IOException {
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "secret"), home).toString())
                .doesNotContain("secret");
    }

    @Test
    void refuseAnEndpointThatIsNoAddress() {
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "ftp://mirror.example"), home))
                .isInstanceOf(ConvertException.class)
                .hasMessage("HF_ENDPOINT ftp://mirror.example: expected the address of a hub, like"
                        + " https://huggingface.co");
    }
}
