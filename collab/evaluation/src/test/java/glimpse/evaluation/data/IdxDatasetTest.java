package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.listing.DatasetException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDatasetTest {
    private static final int IMAGES = 0x803;
    private static final int LABELS = 0x801;
    private static final byte[] THREE_IMAGES = idx(IMAGES, new int[] {3, 2, 2}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255);
    private static final byte[] THREE_LABELS = idx(LABELS, new int[] {3}, 7, 0, 9);

    @TempDir
    Path folder;

    @Test
    void imagesAreGreyAndLabelled() throws IOException {
        IdxDataset dataset = IdxDataset.of("fashion", THREE_IMAGES, THREE_LABELS, 10);

        assertThat(dataset.size()).isEqualTo(3);
        assertThat(dataset.label(0)).isEqualTo(7);
        assertThat(dataset.label(2)).isEqualTo(9);
        assertThat(dataset.name(2)).isEqualTo("2");
        assertThat(dataset.fileBytes(2)).isEmpty();
        RgbImage image = dataset.read(2);
        assertThat(image.width()).isEqualTo(2);
        assertThat(image.height()).isEqualTo(2);
        assertThat(image.samples()).containsExactly(8, 8, 8, 9, 9, 9, 10, 10, 10, -1, -1, -1);
    }

    @Test
    void rowsAndColumnsAreToldApart() throws IOException {
        byte[] images = idx(IMAGES, new int[] {1, 2, 3}, 1, 2, 3, 4, 5, 6);

        RgbImage image =
                IdxDataset.of("wide", images, idx(LABELS, new int[] {1}, 0), 1).read(0);

        assertThat(image.width()).isEqualTo(3);
        assertThat(image.sample(0, 1, 0)).isEqualTo(4);
    }

    @Test
    void namesSortAsNumbersDo() throws IOException {
        IdxDataset dataset = IdxDataset.of(
                "many",
                idx(IMAGES, new int[] {101, 1, 1}, new int[101]),
                idx(LABELS, new int[] {101}, new int[101]),
                1);

        assertThat(dataset.name(7)).isEqualTo("007");
        assertThat(dataset.name(100)).isEqualTo("100");
    }

    @Test
    void filesMayBeGzipped() throws IOException {
        Path images = Files.write(folder.resolve("images.gz"), gzip(THREE_IMAGES));
        Path labels = Files.write(folder.resolve("labels"), THREE_LABELS);

        assertThat(IdxDataset.read(images, labels, 10).read(1).sample(1, 1, 2)).isEqualTo(7);
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        for (byte[] whole : new byte[][] {THREE_IMAGES, gzip(THREE_IMAGES)}) {
            for (int length = 0; length < whole.length; length++) {
                byte[] truncated = Arrays.copyOf(whole, length);
                assertThatExceptionOfType(DatasetException.class)
                        .as("%d of %d bytes", length, whole.length)
                        .isThrownBy(() -> IdxDataset.of("cut", truncated, THREE_LABELS, 10))
                        .withMessageStartingWith("cut (images): ");
            }
        }
    }

    @Test
    void changedBytesGiveADatasetOrTheNamedError() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            byte[] images = round % 2 == 0 ? THREE_IMAGES.clone() : gzip(THREE_IMAGES);
            images[random.nextInt(images.length)] = (byte) random.nextInt(256);
            try {
                assertThat(IdxDataset.of("fuzz", images, THREE_LABELS, 10).size())
                        .isEqualTo(3);
            } catch (DatasetException e) {
                assertThat(e).hasMessageStartingWith("fuzz (");
            }
        }
    }

    @Test
    void aWrongMagicNumberIsNamed() {
        refused(THREE_LABELS, THREE_LABELS)
                .withMessage("bad (images): begins with 00000801, expected 00000803 (unsigned bytes in 3 dimensions)");
        refused(THREE_IMAGES, idx(0xd01, new int[] {3}, 7, 0, 9))
                .withMessage("bad (labels): begins with 00000d01, expected 00000801 (unsigned bytes in 1 dimensions)");
    }

    @Test
    void sizesOutOfRangeAreNamed() {
        refused(idx(IMAGES, new int[] {0, 2, 2}), THREE_LABELS)
                .withMessage("bad (images): dimension 0 is 0, expected 1..2147483647");
        refused(idx(IMAGES, new int[] {1, -1, 2}), THREE_LABELS)
                .withMessage("bad (images): dimension 1 is 4294967295, expected 1..16384");
    }

    @Test
    void aHugeDeclaredSizeIsRefused() {
        refused(idx(IMAGES, new int[] {Integer.MAX_VALUE, 16384, 16384}), THREE_LABELS)
                .withMessage("bad (images): declares 576460752034988032 values, expected at most 1073741824");
        refused(idx(IMAGES, new int[] {1 << 20, 32, 32}, 1, 2), THREE_LABELS)
                .withMessage("bad (images): truncated: 2 values, expected 1073741824 for [1048576, 32, 32]");
    }

    @Test
    void moreValuesThanDeclaredAreRefused() {
        refused(idx(IMAGES, new int[] {1, 1, 1}, 1, 2), THREE_LABELS)
                .withMessage("bad (images): has bytes after the 1 values of [1, 1, 1]");
    }

    @Test
    void aWrongNumberOfLabelsIsRefused() {
        refused(THREE_IMAGES, idx(LABELS, new int[] {2}, 0, 0))
                .withMessage("bad (labels): 2 labels, expected one for each of the 3 images of bad (images)");
    }

    @Test
    void aLabelBeyondTheModelsClassesIsRefused() {
        refused(THREE_IMAGES, idx(LABELS, new int[] {3}, 0, 10, 0))
                .withMessage("bad (labels): label 1 is 10, expected less than the model's 10 classes");
    }

    @Test
    void labelsCountedFromOneAreRecognised() {
        byte[] labels = idx(LABELS, new int[] {3}, 1, 10, 2);

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> IdxDataset.of("bad", THREE_IMAGES, labels, 10))
                .withMessage(
                        "bad (labels): label 1 is 10, expected less than the model's 10 classes; the labels seem to"
                                + " be counted from 1");
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.gz");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> IdxDataset.read(missing, missing, 10))
                .withMessage(missing + ": no such file");
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<DatasetException> refused(
            byte[] images, byte[] labels) {
        return assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> IdxDataset.of("bad", images, labels, 10));
    }

    private static byte[] idx(int magic, int[] shape, int... values) {
        ByteBuffer file =
                ByteBuffer.allocate(4 + 4 * shape.length + values.length).putInt(magic);
        for (int dimension : shape) {
            file.putInt(dimension);
        }
        for (int value : values) {
            file.put((byte) value);
        }
        return file.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(content);
        }
        return zipped.toByteArray();
    }
}
