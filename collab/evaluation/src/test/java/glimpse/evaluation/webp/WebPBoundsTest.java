package glimpse.evaluation.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.image.ImageFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a file may cost is bounded by its size and by the pixels it declares. */
class WebPBoundsTest {
    private static final int WIDTH = 2048;
    private static final int HEIGHT = 1024;
    private static final int VIRTUAL_MACHINE_BYTES = 12 << 20;
    private static final int PREDICTION = 0;
    private static final int DECORRELATION = 1;
    private static final int GREEN = 2;
    private static final int TABLE = 3;

    @TempDir
    Path folder;

    @Test
    void aTransformTwiceIsRefused() {
        LosslessBitsWriter twice = new LosslessBitsWriter(1, 1);
        twice.write(1, 1).write(GREEN, 2).write(1, 1).write(GREEN, 2).write(0, 1);
        twice.write(0, 2).writeOneColour(1, 2, 3, 255);
        assertRefused(twice.file(), "corrupt WebP: transform 2 comes twice");
    }

    @Test
    void moreGroupsOfPrefixCodesThanEncodersMakeAreRefused() {
        LosslessBitsWriter groups = new LosslessBitsWriter(64, 64);
        groups.write(0, 2).write(1, 1).write(0, 3).writeDescription(0, 16);
        assertRefused(groups.file(), "a WebP with 4097 groups of prefix codes, expected at most 4096");
    }

    @Test
    void aFrameOfAnotherSizeThanTheImageIsRefused() {
        byte[] frame = new LosslessBitsWriter(64, 64)
                .write(0, 3)
                .writeOneColour(1, 2, 3, 255)
                .file();
        ByteBuffer file = ByteBuffer.allocate(frame.length + 18).order(ByteOrder.LITTLE_ENDIAN);
        file.put(frame, 0, 4).putInt(frame.length + 10).put(frame, 8, 4);
        file.put("VP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).putInt(0);
        file.put(new byte[] {15, 0, 0, 15, 0, 0}).put(frame, 12, frame.length - 12);
        assertRefused(file.array(), "corrupt WebP: a frame of 64 x 64 pixels in an image of 16 x 16");
    }

    @Test
    void moreLossyPixelsThanABytesBitsCanStandForAreRefused() {
        assertRefused(
                lossy(4096, 4096, 1000), "declares 4096 x 4096 pixels in 1030 bytes, expected at most 1054720 pixels");
    }

    /** All transforms, as finely as they come: they take the most memory. */
    @Test
    @Timeout(120)
    void aLosslessImageTakesTheMemoryThatIsPromised() throws Exception {
        LosslessBitsWriter image = new LosslessBitsWriter(WIDTH, HEIGHT);
        for (int transform : new int[] {PREDICTION, DECORRELATION}) {
            image.write(1, 1).write(transform, 2).write(0, 3).writeDescription(1, 0);
        }
        image.write(1, 1).write(GREEN, 2);
        image.write(1, 1).write(TABLE, 2).write(15, 8).writeDescription(1, 2);
        image.write(0, 1).write(0, 1).write(1, 1).write(0, 3).writeDescription(0, 0);
        image.writeOneColour(0, 0, 0, 255);
        for (int i = 0; i < 32; i++) {
            image.write(0, Integer.SIZE); // so few bytes could not stand for so many pixels
        }
        assertDecodedIn(WebP.BYTES_PER_PIXEL * WIDTH * HEIGHT, image.file());
    }

    @Test
    @Timeout(120)
    void aLossyImageTakesTheMemoryThatIsPromised() throws Exception {
        assertDecodedIn(
                WebP.BYTES_PER_PIXEL * WIDTH * HEIGHT + WebP.BYTES_PER_COLUMN * WIDTH, lossy(WIDTH, HEIGHT, 1 << 15));
    }

    /** A key frame whose bits are all zeros. */
    private static byte[] lossy(int width, int height, int bytes) {
        ByteBuffer file = ByteBuffer.allocate(30 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
        file.put("WEBPVP8 ".getBytes(StandardCharsets.US_ASCII)).putInt(10 + bytes);
        int firstPartition = ((bytes / 2) << 5) | (1 << 4);
        file.put((byte) firstPartition).put((byte) (firstPartition >> 8)).put((byte) (firstPartition >> 16));
        file.put(new byte[] {(byte) 0x9d, 1, 0x2a}).putShort((short) width).putShort((short) height);
        return file.array();
    }

    private static void assertRefused(byte[] file, String message) {
        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> WebP.decode(file))
                .withMessage(message);
    }

    private void assertDecodedIn(int bytes, byte[] content) throws IOException, InterruptedException {
        Path file = Files.write(folder.resolve("image.webp"), content);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + (VIRTUAL_MACHINE_BYTES + bytes),
                        "-XX:+UseSerialGC",
                        "-Xmn4m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DecodeWebP.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        assertThat(out).hasContent(WIDTH + " x " + HEIGHT);
    }
}
