package glimpse.service.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.service.http.BodyBudget.BudgetExceededException;
import glimpse.service.oip.RequestMemory;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CountedMessageTest {
    private final Memory memory = new Memory();

    private static final class Memory implements RequestMemory {
        private long limit = 1 << 20;
        private long held;

        @Override
        public boolean take(long bytes) {
            if (held + bytes > limit) {
                return false;
            }
            held += bytes;
            return true;
        }

        @Override
        public void giveBack(long bytes) {
            held -= bytes;
        }
    }

    /** Tells whether it has been closed. */
    private static final class Compressed extends ByteArrayInputStream {
        private boolean closed;

        Compressed(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return compressed.toByteArray();
    }

    private CountedMessage message(InputStream compressed) throws IOException {
        return new CountedMessage("gzip", GZIPInputStream::new, compressed, memory);
    }

    @Test
    void isCountedAsItIsDecompressedAndItsCompressedFormIsGivenBack() throws IOException {
        byte[] compressed = gzip(new byte[5000]);
        memory.held = compressed.length;
        try (CountedMessage message = message(new Compressed(compressed))) {
            assertThat(message.read()).isZero();
            assertThat(message.readNBytes(1999)).hasSize(1999);
            assertThat(memory.held).isEqualTo(compressed.length + 2000);
            assertThat(message.readAllBytes()).hasSize(3000);
        }
        assertThat(memory.held).isEqualTo(5000);
    }

    @Test
    void endsWhereItDoesNotFit() throws IOException {
        memory.limit = 1000;
        try (CountedMessage message = message(new Compressed(gzip(new byte[5000])))) {
            assertThat(message.readNBytes(600)).hasSize(600);
            assertThatExceptionOfType(BudgetExceededException.class).isThrownBy(() -> message.readNBytes(600));
        }
    }

    @Test
    void isNotDecompressedBeforeItIsRead() throws IOException {
        Compressed compressed = new Compressed(gzip(new byte[10]));
        int length = compressed.available();
        try (CountedMessage _ = message(compressed)) {
            assertThat(compressed.available()).isEqualTo(length);
        }
        assertThat(compressed.closed).isTrue();
    }

    @Test
    void thatIsInAnotherFormatIsTheClientsFaultAndIsClosed() throws IOException {
        Compressed compressed = new Compressed(new byte[] {1, 2, 3});
        try (CountedMessage message = message(compressed)) {
            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(message::read)
                    .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT))
                    .withMessageContaining("the message isn't valid gzip");
        }
        assertThat(compressed.closed).isTrue();
    }

    @Test
    void closesOnce() throws IOException {
        CountedMessage message = message(new Compressed(new byte[7]));
        memory.held = 20;
        message.close();
        message.close();
        assertThat(memory.held).isEqualTo(13);
    }
}
