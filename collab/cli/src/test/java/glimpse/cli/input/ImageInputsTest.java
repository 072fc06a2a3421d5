package glimpse.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import glimpse.collab.fixture.TestImages;
import glimpse.convert.error.ConvertException;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of the web, from a server on loopback. */
class ImageInputsTest {
    @TempDir
    private Path folder;

    private HttpServer server;
    private String address;
    private Path image;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        image = TestImages.write(folder.resolve("image.png"), 1);
        serve("/image", Files.readAllBytes(image), "application/octet-stream");
        serve("/page", "<html>".repeat(10).getBytes(StandardCharsets.UTF_8), "text/html");
        serve("/broken", "\u0089PNG and no more".getBytes(StandardCharsets.ISO_8859_1), "image/png");
        serve("/small", new byte[] {(byte) 0xFF}, "image/jpeg");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    private void serve(String path, byte[] content, String type) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
    }

    private static RgbImage read(String argument) throws IOException {
        try (ImageInputs inputs = ImageInputs.of(List.of(argument), _ -> {}, InputStream.nullInputStream(), Map.of())) {
            return inputs.images().getFirst().read();
        }
    }

    @Test
    void areReadWhateverTypeTheyAreSaidToBe() throws IOException {
        assertThat(read(address + "/image?key=secret").samples())
                .isEqualTo(RgbImage.read(image).samples());
    }

    @Test
    void areRefusedIfTheyArentImages() {
        assertThatThrownBy(() -> read(address + "/page?key=secret"))
                .hasMessage(address + "/page?...: the server sent text/html, expected an image (JPEG, PNG or WebP)");
        assertThatThrownBy(() -> read(address + "/broken")).hasMessageStartingWith(address + "/broken: ");
        assertThatThrownBy(() -> read(address + "/small"))
                .hasMessage(address + "/small: the server sent image/jpeg, expected an image (JPEG, PNG or WebP)");
        assertThatThrownBy(() -> read(address + "/none"))
                .hasMessage(address + "/none: the server answered with status 404");
    }

    @Test
    void areFetchedOnlyThroughAProxyThatIsOne() {
        assertThatThrownBy(() -> ImageInputs.of(
                        List.of(address), _ -> {}, InputStream.nullInputStream(), Map.of("HTTP_PROXY", "socks5://h:1")))
                .isInstanceOf(ConvertException.class)
                .hasMessage("HTTP_PROXY begins with socks5://: expected http://[USER:PASSWORD@]HOST:PORT");
    }
}
