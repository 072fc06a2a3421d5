package glimpse.convert.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxies that an environment names. */
class ProxiesTest {
    private static String of(Map<String, String> environment, String address) throws ConvertException {
        return Proxies.of(environment)
                .of(URI.create(address))
                .map(Proxies.Proxy::toString)
                .orElse("none");
    }

    @Test
    void areChosenByTheSchemeOfWhatIsAskedFor() throws ConvertException {
        Map<String, String> environment = Map.of("HTTP_PROXY", "http://plain:3128/", "https_proxy", "secure:8080");

        assertThat(of(environment, "http://a.example/")).isEqualTo("plain:3128");
        assertThat(of(environment, "https://a.example/")).isEqualTo("secure:8080");
        assertThat(of(Map.of(), "https://a.example/")).isEqualTo("none");
        assertThat(of(Map.of("HTTP_PROXY", " "), "http://a.example/")).isEqualTo("none");
    }

    @Test
    void areTheOneForAllWhereThereIsNoOther() throws ConvertException {
        Map<String, String> environment = Map.of("ALL_PROXY", "http://all", "HTTP_PROXY", "http://plain:3128");

        assertThat(of(environment, "http://a.example/")).isEqualTo("plain:3128");
        assertThat(of(environment, "https://a.example/")).isEqualTo("all:80");
    }

    @Test
    void areTakenFromLowerCaseFirst() throws ConvertException {
        Map<String, String> environment = Map.of("http_proxy", "small:1", "HTTP_PROXY", "large:1", "no_proxy", "");

        assertThat(of(environment, "http://a.example/")).isEqualTo("small:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com|http://example.com/|none",
                "example.com|http://a.b.Example.COM./|none",
                ".example.com|http://a.example.com/|none",
                "*.example.com|http://a.example.com/|none",
                "example.com|http://badexample.com/|p:1",
                "example.com|http://example.com.evil/|p:1",
                "a.example , example.com|http://example.com/|none",
                "example.com:8080|http://example.com:8080/|none",
                "example.com:8080|http://example.com/|p:1",
                "example.com:80|http://example.com/|none",
                "10.0.0.0/8|http://10.9.8.7/|none",
                "10.0.0.0/8|http://11.9.8.7/|p:1",
                "0.0.0.0/0|http://11.9.8.7/|none",
                "10.0.0.1/33|http://10.0.0.1/|p:1",
                "127.0.0.1|http://127.0.0.1:99/|none",
                "0.0.1|http://127.0.0.1/|p:1",
                "::1|http://[::1]:99/|none",
                "localhost|http://localhost/|none",
                "*|http://any.example/|none",
                ",,|http://any.example/|p:1"
            })
    void areNotUsedForTheHostsThatTheEnvironmentExcepts(String noProxy, String address, String proxy)
            throws ConvertException {
        assertThat(of(Map.of("HTTP_PROXY", "http://p:1", "NO_PROXY", noProxy), address))
                .isEqualTo(proxy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"socks5://me:secret@h:1", "https://me:secret@h:1", "http://me:secret@/", "http://me:sec ret@h"})
    void areRefusedWithoutTheirPasswordsIfTheyAreNone(String value) {
        assertThatThrownBy(() -> Proxies.of(Map.of("HTTPS_PROXY", value)))
                .isInstanceOf(ConvertException.class)
                .hasMessageStartingWith("HTTPS_PROXY")
                .hasMessageEndingWith(": expected http://[USER:PASSWORD@]HOST:PORT")
                .message()
                .doesNotContain("sec");
    }

    @Test
    void keepTheirPasswordsToThemselves() throws ConvertException {
        assertThat(Proxies.of(Map.of("HTTP_PROXY", "http://me:secret@h:1")).toString())
                .doesNotContain("secret");
    }
}
