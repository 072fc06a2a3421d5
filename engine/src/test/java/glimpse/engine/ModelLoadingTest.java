package glimpse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.engine.weights.DType;
import glimpse.engine.weights.ModelException;
import glimpse.engine.weights.Rule;
import glimpse.engine.weights.SafetensorsBytes;
import glimpse.engine.weights.SafetensorsException;
import glimpse.engine.weights.SafetensorsFile;
import glimpse.engine.weights.TensorInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model is the same wherever its bytes come from, and so are the errors. */
class ModelLoadingTest {
    private static final String NAME = "jar:model";

    @TempDir
    Path folder;

    private GoldenModel golden;
    private byte[] content;

    @BeforeEach
    void readTheModel() throws IOException {
        golden = GoldenModel.read("plain", folder);
        content = Files.readAllBytes(golden.model());
    }

    /** One way to load a model. */
    private interface Loading {
        VisionTransformer load(byte[] content, Workers workers) throws IOException;
    }

    private static VisionTransformer fromStream(byte[] content, Workers workers) throws IOException {
        return VisionTransformer.load(NAME, new ByteArrayInputStream(content), workers);
    }

    private static VisionTransformer fromChannel(byte[] content, Workers workers) throws IOException {
        try (ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(content))) {
            return VisionTransformer.load(NAME, channel, workers);
        }
    }

    private static VisionTransformer fromMemory(byte[] content, Workers workers) throws IOException {
        return VisionTransformer.load(NAME, MemorySegment.ofArray(content), workers);
    }

    private VisionTransformer fromFileChannel(byte[] content, Workers workers) throws IOException {
        byte[] behindAPrefix = new byte[3 + content.length];
        System.arraycopy(content, 0, behindAPrefix, 3, content.length);
        try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("prefixed"), behindAPrefix))) {
            return VisionTransformer.load(NAME, channel.position(3), workers);
        }
    }

    private Loading[] loadings() {
        return new Loading[] {
            ModelLoadingTest::fromStream,
            ModelLoadingTest::fromChannel,
            ModelLoadingTest::fromMemory,
            this::fromFileChannel
        };
    }

    @Test
    void everySourceGivesTheSameModel() throws IOException {
        try (Workers workers = Workers.of(1)) {
            VisionTransformer expected = VisionTransformer.load(golden.model(), workers);
            PatchSequence input = golden.input("all", expected.config());
            float[] logits =
                    expected.newSession().forward(input, Capture.none()).logits(0);
            for (Loading loading : loadings()) {
                VisionTransformer model = loading.load(content, workers);
                assertThat(model.config()).isEqualTo(expected.config());
                assertThat(model.metadata()).isEqualTo(expected.metadata());
                assertThat(model.newSession().forward(input, Capture.none()).logits(0))
                        .isEqualTo(logits);
            }
        }
    }

    @Test
    void truncationIsReportedUnderTheGivenName() {
        try (Workers workers = Workers.of(1)) {
            for (Loading loading : loadings()) {
                assertBreaks(Rule.FILE_TOO_SHORT, loading, Arrays.copyOf(content, 7), workers);
                assertBreaks(Rule.HEADER_BEYOND_FILE, loading, Arrays.copyOf(content, 100), workers);
                assertBreaks(Rule.DATA_END, loading, Arrays.copyOf(content, content.length - 1), workers);
                assertBreaks(Rule.DATA_END, loading, Arrays.copyOf(content, content.length + 1), workers);
            }
        }
    }

    private static void assertBreaks(Rule rule, Loading loading, byte[] content, Workers workers) {
        assertThatExceptionOfType(SafetensorsException.class)
                .isThrownBy(() -> loading.load(content, workers))
                .withMessageStartingWith(NAME + ": ")
                .satisfies(e -> assertThat(e.rule()).isEqualTo(rule));
    }

    @Test
    void anotherFileIsNoModel() {
        try (Workers workers = Workers.of(1)) {
            for (Loading loading : loadings()) {
                assertThatExceptionOfType(ModelException.class)
                        .isThrownBy(() -> loading.load(SafetensorsBytes.validFile(), workers))
                        .withMessageStartingWith(NAME + ": not a converted model");
            }
        }
    }

    /** The header declares far more than arrives; what was read must stay near what it implies. */
    @Test
    void endlessStreamIsReadNoFurtherThanTheHeaderImplies() {
        EndlessStream stream = new EndlessStream(content);
        try (Workers workers = Workers.of(1)) {
            assertThatExceptionOfType(SafetensorsException.class)
                    .isThrownBy(() -> VisionTransformer.load(NAME, stream, workers))
                    .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.DATA_END));
        }
        assertThat(stream.read).isEqualTo(content.length + 1);
    }

    @Test
    void declaredSizeAllocatesNothing() {
        String entry = SafetensorsBytes.entry("F32", "[1099511627776]", "[0,4398046511104]");
        byte[] huge = SafetensorsBytes.file("{\"a\":" + entry + "}", 64); // declares 4 TiB
        try (Workers workers = Workers.of(1)) {
            assertBreaks(Rule.DATA_END, ModelLoadingTest::fromStream, huge, workers);
        }
    }

    @Test
    void failureOfTheStreamIsPassedOn() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
            }
        };
        try (Workers workers = Workers.of(1)) {
            assertThatThrownBy(() -> VisionTransformer.load(NAME, broken, workers))
                    .isInstanceOf(IOException.class)
                    .hasMessage("connection reset");
        }
    }

    @Test
    void infoIsReadWithoutTheWeights() throws IOException {
        ModelInfo info = ModelInfo.read(golden.model());

        try (Workers workers = Workers.of(1)) {
            VisionTransformer model = VisionTransformer.load(golden.model(), workers);
            assertThat(info.config()).isEqualTo(model.config());
            assertThat(info.metadata()).isEqualTo(model.metadata());
        }
        assertThat(info.storedTypes()).containsExactly(DType.F32);
    }

    @Test
    void infoOfAnIncompleteFileIsRefused() throws IOException {
        // another tensor's name of the same length
        byte[] changed = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("\"head.bias\"", "\"heat.bias\"")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Path file = Files.write(folder.resolve("changed"), changed);

        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> ModelInfo.read(file))
                .withMessageStartingWith(file + ": tensors don't fit the model: head.bias is missing");
    }

    @Test
    void weightThatIsNotFiniteIsRefusedWhicheverThreadReadsIt() throws IOException {
        byte[] changed = content.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putFloat(end("blocks.1.fc1.weight") - 4, Float.NaN);
        try (Workers workers = Workers.of(2)) {
            for (Loading loading : loadings()) {
                assertThatExceptionOfType(ModelException.class)
                        .isThrownBy(() -> loading.load(changed, workers))
                        .withMessageMatching(NAME
                                + ": tensor 'blocks.1.fc1.weight' holds NaN at element \\d+, expected finite weights");
            }
        }
    }

    /** Returns the offset in the file after a tensor. */
    private int end(String tensor) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(golden.model())) {
            long data = file.tensors().values().stream()
                    .mapToLong(TensorInfo::end)
                    .max()
                    .orElseThrow();
            return (int) (content.length - data + file.tensor(tensor).end());
        }
    }

    @Test
    void fileThatIsShortenedWhileItIsLoadedIsNamed() throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(golden.model());
                Workers workers = Workers.of(2)) {
            try (FileChannel channel = FileChannel.open(golden.model(), StandardOpenOption.WRITE)) {
                channel.truncate(content.length / 2);
            }
            assertThatExceptionOfType(SafetensorsException.class)
                    .isThrownBy(() -> ModelLoader.load(file, workers))
                    .withMessageStartingWith(golden.model() + ": changed while it was read")
                    .satisfies(e -> assertThat(e.rule()).isEqualTo(Rule.FILE_CHANGED));
        }
    }

    /** A file that never ends. */
    private static final class EndlessStream extends InputStream {
        private final ByteBuffer start;
        private long read;

        EndlessStream(byte[] start) {
            this.start = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public int read() {
            read++;
            return start.hasRemaining() ? start.get() & 0xff : 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = Math.max(1, Math.min(length, start.remaining()));
            for (int i = 0; i < count; i++) {
                bytes[offset + i] = (byte) read();
            }
            return count;
        }
    }
}
