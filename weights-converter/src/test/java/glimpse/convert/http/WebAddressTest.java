package glimpse.convert.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://host/a.jpg,https://host/a.jpg",
        "https://host/a.jpg?key=secret#part,https://host/a.jpg?...",
        "https://host/a.jpg#part?key,https://host/a.jpg",
        "https://me:secret@host/a@b.jpg,https://...@host/a@b.jpg",
        "https://me:sec@ret@host/a.jpg,https://...@host/a.jpg",
        "https://secret@host,https://...@host",
        "https://host?secret,https://host?..."
    })
    void isShownWithoutSecrets(String address, String shown) {
        assertThat(WebAddress.shown(address)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h/x",
                "file:///etc/passwd",
                "http:///x",
                "http://a b/",
                "http://me@h/",
                "jar:http://h/x!/y"
            })
    void isRefusedUnlessItIsOneOfTheWeb(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> WebAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://h/x,true",
        "s3://h/x,true",
        "photos/a.jpg,false",
        "C:/a.jpg,false",
        "a?b://c,false",
        "http:/x,false"
    })
    void isToldApartFromAPath(String text, boolean address) {
        assertThat(WebAddress.matches(text)).isEqualTo(address);
    }
}
