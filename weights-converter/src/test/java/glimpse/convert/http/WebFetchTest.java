package glimpse.convert.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the web within limits, from a server that keeps none. */
class WebFetchTest {
    private static final byte[] FILE = "OKAY, a file".getBytes(StandardCharsets.US_ASCII);
    private static final WebFetch.Wanted OKAY =
            new WebFetch.Wanted(4, start -> new String(start, StandardCharsets.US_ASCII).equals("OKAY"), "a file");

    private FakeWeb web;

    @BeforeEach
    void startServer() throws IOException {
        web = new FakeWeb();
        web.put("/file", "200 OK", "Content-Type: Text/Plain\r\n", FILE);
    }

    @AfterEach
    void stopServer() throws IOException {
        web.close();
    }

    private static byte[] fetch(URI address, int mostBytes, Duration total, Map<String, String> environment)
            throws IOException {
        try (WebClient client = new WebClient(Proxies.of(environment))) {
            return new WebFetch(client, mostBytes, total).fetch(address, OKAY);
        }
    }

    private byte[] fetch(String path, int mostBytes, Duration total) throws IOException {
        return fetch(web.address(path), mostBytes, total, Map.of());
    }

    private byte[] fetch(String path) throws IOException {
        return fetch(path, FILE.length, Duration.ofSeconds(20));
    }

    private void redirect(String from, String to) {
        web.put(from, "302 Found", "Location: " + to + "\r\n", new byte[0]);
    }

    @Test
    void areFetched() throws IOException {
        assertThat(fetch("/file")).isEqualTo(FILE);
    }

    @Test
    void areFetchedWhereFiveRedirectsLead() throws IOException {
        redirect("/1", "/2");
        redirect("/2", web.address("/3").toString());
        redirect("/3", "//127.0.0.1:" + web.port() + "/4");
        redirect("/4", "5");
        redirect("/5", "./file");

        assertThat(fetch("/1")).isEqualTo(FILE);
        redirect("/0", "/1");
        assertThatThrownBy(() -> fetch("/0")).hasMessage(web.address("/0") + ": more than 5 redirects");
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc/passwd, redirects to something that is no web address",
        "ftp://host/x, redirects to something that is no web address",
        "http:///x, redirects to something that is no web address",
        "http://a b/, redirects to something that is no address",
        "http://me:secret@127.0.0.1/, redirects to an address with a password"
    })
    void areNotFetchedFromElsewhere(String location, String message) {
        redirect("/bad", location);

        assertThatThrownBy(() -> fetch("/bad"))
                .hasMessage(web.address("/bad") + ": " + message)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void mustBeSmallEnoughWhateverIsAnnounced() {
        assertThatThrownBy(() -> fetch("/file", FILE.length - 1, Duration.ofSeconds(20)))
                .hasMessage(web.address("/file") + ": more than 11 bytes");
        web.put("/endless", out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\nOKAY".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(new byte[1000]);
            }
        });
        assertThatThrownBy(() -> fetch("/endless", 1 << 20, Duration.ofSeconds(20)))
                .hasMessage(web.address("/endless") + ": more than 1048576 bytes");
    }

    @Test
    void mustArriveWhole() {
        web.put(
                "/cut",
                out -> out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nOKAY".getBytes(StandardCharsets.US_ASCII)));

        assertThatThrownBy(() -> fetch("/cut"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(web.address("/cut") + ": the connection ended after 4 bytes: ");
    }

    @Test
    void needAServer() throws IOException {
        URI address = web.address("/file");
        web.close();

        assertThatThrownBy(() -> fetch("/file"))
                .hasMessage(address + ": no answer from " + address.getHost() + ": no connection");
        IOException unknown = new ConnectException();
        unknown.initCause(new UnresolvedAddressException());
        assertThat(WebClient.reason(unknown)).isEqualTo("there is no such host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\n\r\nOKAY"})
    void mustArriveInTime(String start) {
        web.put("/slow", out -> {
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(start.isEmpty() ? new byte[0] : new byte[1]); // never stalls for long
                out.flush();
                Thread.sleep(20);
            }
        });

        assertThatThrownBy(() -> fetch("/slow", 1 << 20, Duration.ofMillis(300)))
                .hasMessage(web.address("/slow") + ": took longer than 0 s");
    }

    @Test
    void mustBeWhatIsWanted() {
        web.put("/page", "200 OK", "Content-Type: text/html\r\n", "<html>".getBytes(StandardCharsets.US_ASCII));
        web.put("/empty", "200 OK", "", new byte[0]);
        web.put("/gone", "410 Gone", "", FILE);

        assertThatThrownBy(() -> fetch("/page"))
                .hasMessage(web.address("/page") + ": the server sent text/html, expected a file");
        assertThatThrownBy(() -> fetch("/empty"))
                .hasMessage(web.address("/empty") + ": the server sent nothing, expected a file");
        assertThatThrownBy(() -> fetch("/gone"))
                .hasMessage(web.address("/gone") + ": the server answered with status 410");
    }

    @Test
    void comeThroughTheProxyWithItsPasswordWhichNobodyElseGets() throws IOException {
        web.put("http://far.example/file", "200 OK", "", FILE);
        Map<String, String> environment = Map.of("http_proxy", "http://me:p%40ss@127.0.0.1:" + web.port());

        assertThat(fetch(URI.create("http://far.example/file"), 99, Duration.ofSeconds(20), environment))
                .isEqualTo(FILE);
        assertThat(web.requests)
                .containsExactly("GET http://far.example/file HTTP/1.1 Proxy-Authorization: Basic bWU6cEBzcw==");
        web.requests.clear();
        Map<String, String> without =
                Map.of("http_proxy", "http://me:p%40ss@127.0.0.1:" + web.port(), "no_proxy", "far.example,127.0.0.0/8");
        assertThat(fetch(web.address("/file"), 99, Duration.ofSeconds(20), without))
                .isEqualTo(FILE);
        assertThat(web.requests).containsExactly("GET /file HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({"http://far.example/file, http://far.example/file", "https://far.example/file, far.example:443"})
    void aProxyThatAsksForAuthenticationIsNamedInPlaceOfTheServer(URI address, String target) {
        web.put(target, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"\r\n", FILE);
        String proxy = "127.0.0.1:" + web.port();
        String message =
                address + ": no answer from far.example: the proxy " + proxy + " asks for authentication (status 407)";

        assertThatThrownBy(() -> fetch(address, 99, Duration.ofSeconds(20), Map.of("ALL_PROXY", proxy)))
                .hasMessage(message + ", expected http://USER:PASSWORD@" + proxy + " in the environment");
        assertThatThrownBy(() -> fetch(address, 99, Duration.ofSeconds(20), Map.of("ALL_PROXY", "me:wrong@" + proxy)))
                .hasMessage(message + ": the user or the password that the environment names is wrong");
    }

    @Test
    void areAskedForThroughATunnelIfTheyAreEncrypted() {
        web.put("far.example:443", "502 Bad Gateway", "", new byte[0]);
        Map<String, String> environment = Map.of("HTTPS_PROXY", "127.0.0.1:" + web.port());

        assertThatThrownBy(() ->
                        fetch(URI.create("https://far.example/file?secret"), 99, Duration.ofSeconds(20), environment))
                .hasMessageStartingWith("https://far.example/file?...: no answer from far.example: ")
                .hasMessageEndingWith(" (by the proxy 127.0.0.1:" + web.port() + " of the environment)");
        assertThat(web.requests).containsExactly("CONNECT far.example:443 HTTP/1.1");
    }
}
