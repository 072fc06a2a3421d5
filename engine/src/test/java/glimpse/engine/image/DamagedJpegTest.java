package glimpse.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What libjpeg warns of and passes over, as stray bytes, lost restart markers and unknown codes. */
class DamagedJpegTest {
    @ParameterizedTest
    @MethodSource("damagedFiles")
    void equalsPillow(String name, int width, int height) throws ImageFormatException {
        RgbImage image = RgbImage.decode(GoldenImages.bytes("damaged/" + name));

        assertThat(image.width()).isEqualTo(width);
        assertThat(image.height()).isEqualTo(height);
        assertThat(image.samples()).isEqualTo(GoldenImages.bytes("damaged/" + name + ".rgb"));
    }

    static Stream<Object[]> damagedFiles() {
        return GoldenImages.index("damaged")
                .map(row -> new Object[] {row[0], Integer.parseInt(row[1]), Integer.parseInt(row[2])});
    }

    @Test
    void changedPixelDataDecodeAsPillowDecodesThem() throws ImageFormatException {
        String table = new String(GoldenImages.bytes("damaged/changed.tsv"), StandardCharsets.UTF_8);
        for (String line : table.lines().skip(1).toList()) {
            String[] row = line.split("\t", -1);
            byte[] file = GoldenImages.imageFile(row[0]);
            for (String change : row[1].split(" ", -1)) {
                int equals = change.indexOf('=');
                file[Integer.parseInt(change.substring(0, equals))] =
                        (byte) Integer.parseInt(change.substring(equals + 1));
            }

            RgbImage image = RgbImage.decode(file);

            CRC32 sum = new CRC32();
            sum.update(image.samples());
            assertThat(String.format("%d\t%d\t%08x", image.width(), image.height(), sum.getValue()))
                    .as(line)
                    .isEqualTo(row[2] + "\t" + row[3] + "\t" + row[4]);
        }
    }

    @Test
    void bytesAddedAndRemovedGiveAnImageOrTheNamedError() {
        Random random = new Random(3);
        int images = 0;
        for (int round = 0; round < 200; round++) {
            for (String name : GoldenImages.imageFiles(".jpg")) {
                byte[] file = damaged(GoldenImages.imageFile(name), random);
                try {
                    RgbImage image = RgbImage.decode(file);
                    assertThat(image.samples()).hasSize(image.width() * image.height() * 3);
                    images++;
                } catch (ImageFormatException e) {
                    assertThat(e).message().isNotBlank();
                }
            }
        }
        assertThat(images).isGreaterThan(1000);
    }

    /** A file with some bytes of its second half removed, doubled, or replaced by a marker. */
    private static byte[] damaged(byte[] file, Random random) {
        int from = file.length / 2 + random.nextInt(file.length / 2 - 2);
        int to = Math.min(file.length - 2, from + random.nextInt(8));
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.write(file, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> damaged.writeBytes(new byte[] {(byte) 0xff, (byte) random.nextInt(256)});
            case 1 -> damaged.writeBytes(new byte[] {(byte) 0xff, (byte) (0xd0 + random.nextInt(8))});
            case 2 -> damaged.write(file, from, 2 * (to - from) > file.length - from ? 0 : 2 * (to - from));
            default -> {}
        }
        damaged.write(file, to, file.length - to);
        return damaged.toByteArray();
    }
}
