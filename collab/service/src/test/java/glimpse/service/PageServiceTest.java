package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.service.http.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PageServiceTest {
    @TempDir
    Path folder;

    @Test
    void thePageShowsTheServersModels() throws Exception {
        try (TestServer server = TestServer.start(folder)) {
            assertThat(server.get("/").body()).startsWith("<!DOCTYPE html>");
            assertThat(server.get("/page/app.js").statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/page").body()).contains("\"edge\":\"tiny\",\"server\":\"tiny\"");
            assertThat(server.get("/page/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aPictureTakesItsTurnInTheModelsQueue() throws Exception {
        byte[] picture = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), 3));
        try (TestServer server = TestServer.start(folder)) {
            HttpResponse<byte[]> reply =
                    server.send(HttpRequest.newBuilder(server.uri("/v1/page/pictures?gate=always&ask=true"))
                            .POST(BodyPublishers.ofByteArray(picture))
                            .build());
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(server.get("/metrics").body()) // the edge's pass and the server's
                    .contains("glimpse_batch_images_count{cause=\"all\",model=\"tiny\",priority=\"interactive\"} 2");
        }
    }

    @Test
    @Timeout(20) // a picture waits for 30 s
    void thePictureOfAClientThatHasGoneLeavesTheQueue() throws Exception {
        byte[] picture = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), 3));
        try (TestServer server = TestServer.start(folder);
                var _ = server.hold()) {
            try (Http1Socket client = Http1Socket.connect(server.server.address())) {
                client.post("/v1/page/pictures", picture.length, picture);
                TestServer.await(() -> server.server.queue().waiting() == 1);
            }
            TestServer.await(() -> server.server.queue().waiting() == 0);
        }
    }

    @Test
    void aServerMayHaveNoPage() throws Exception {
        try (TestServer server =
                TestServer.start(folder, options -> options.withPage(new PageOptions(false, Optional.empty())))) {
            assertThat(server.get("/").statusCode()).isEqualTo(404);
            assertThat(server.get("/v1/page").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void onlyThePagesFilesNeedNoToken() throws Exception {
        try (TestServer server = TestServer.start(
                folder,
                options -> options.withProtection(Optional.empty(), Optional.of(Tokens.of(List.of("s3cret")))))) {
            assertThat(server.get("/").statusCode()).isEqualTo(200);
            assertThat(server.get("/v1/page").statusCode()).isEqualTo(401);
        }
    }
}
