package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import glimpse.collab.node.AcceptedRequest;
import glimpse.service.model.ServedModel;
import glimpse.service.queue.Job;
import glimpse.service.queue.Priority;
import glimpse.service.queue.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pixels of a request are kept while it waits, and no longer. */
@Timeout(30)
class WaitingPixelsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private TestServer server;
    private ServedModel model;
    private AcceptedRequest request;

    @BeforeEach
    void readRequest() throws Exception {
        server = TestServer.start(folder, options -> options.withQueue(TestServer.PATIENT));
        model = server.server.models().find("tiny").orElseThrow();
        request = model.read(TestServer.request(1));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theyAreReleasedWithTheResult() throws Exception {
        Job job;
        try (var _ = server.hold()) {
            job = model.submit(request, Priority.INTERACTIVE, MINUTE);
            assertThat(request.input().sequence().patches()).isEqualTo(TestServer.patches(1));
        }
        assertThat(job.result().get().result().reply(request.requestId()).encode())
                .isEqualTo(server.expectedReply(TestServer.request(1)));
        assertReleased();
    }

    @Test
    void theyAreReleasedWhenTheClientHasGone() throws Exception {
        try (var _ = server.hold()) {
            model.submit(request, Priority.INTERACTIVE, MINUTE).cancel();
            assertReleased();
        }
    }

    @Test
    void theyAreReleasedIfTheQueueRefusesThem() {
        server.server.queue().close();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> model.submit(request, Priority.INTERACTIVE, MINUTE));
        assertReleased();
    }

    private void assertReleased() {
        assertThatIllegalStateException().isThrownBy(request.input()::sequence);
    }
}
