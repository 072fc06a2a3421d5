package glimpse.evaluation.data;

import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.CountedFromOne;
import glimpse.evaluation.listing.DatasetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Grey images and their labels from two files in the IDX format of MNIST, Fashion-MNIST (arXiv 1708.07747) and others;
 * either may be gzipped. Immutable.
 */
public final class IdxDataset implements Dataset {
    private final int height;
    private final int width;
    private final byte[] pixels; // [images][height][width]
    private final byte[] labels; // [images]

    private IdxDataset(IdxArray images, IdxArray labels) {
        this.height = images.shape().get(1);
        this.width = images.shape().get(2);
        this.pixels = images.values();
        this.labels = labels.values();
    }

    /**
     * Reads the two files.
     *
     * @param images unsigned bytes in three dimensions: images, rows, columns
     * @param labels unsigned bytes in one dimension, one per image
     * @param classes the model's number of classes; each label is less
     * @throws DatasetException naming the file and what is wrong with it
     */
    public static IdxDataset read(Path images, Path labels, int classes) throws DatasetException {
        return of(IdxArray.read(images, 3), IdxArray.read(labels, 1), classes);
    }

    /**
     * Parses the content of the two files.
     *
     * @param name the data set's name, for errors
     * @param images unsigned bytes in three dimensions: images, rows, columns
     * @param labels unsigned bytes in one dimension, one per image
     * @param classes the model's number of classes; each label is less
     * @throws DatasetException saying which file is wrong and why
     */
    public static IdxDataset of(String name, byte[] images, byte[] labels, int classes) throws DatasetException {
        return of(
                IdxArray.parse(name + " (images)", images, 3), IdxArray.parse(name + " (labels)", labels, 1), classes);
    }

    private static IdxDataset of(IdxArray images, IdxArray labels, int classes) throws DatasetException {
        List<Integer> shape = images.shape();
        if (!labels.shape().getFirst().equals(shape.getFirst())) {
            throw new DatasetException(labels.name() + ": " + labels.shape().getFirst() + " labels, expected one for"
                    + " each of the " + shape.getFirst() + " images of " + images.name());
        }
        byte[] values = labels.values();
        for (int i = 0; i < values.length; i++) {
            if ((values[i] & 0xff) >= classes) {
                throw new DatasetException(labels.name() + ": label " + i + " is " + (values[i] & 0xff)
                        + ", expected less than the model's " + classes + " classes"
                        + (areCountedFromOne(values, classes) ? CountedFromOne.REMARK : ""));
            }
        }
        return new IdxDataset(images, labels);
    }

    private static boolean areCountedFromOne(byte[] labels, int classes) {
        List<String> distinct = IntStream.range(0, labels.length)
                .map(i -> labels[i] & 0xff)
                .distinct()
                .mapToObj(Integer::toString)
                .toList();
        return CountedFromOne.holds(distinct, classes);
    }

    @Override
    public int size() {
        return labels.length;
    }

    /** Returns the image's number, zero-padded to the width of the last one's. */
    @Override
    public String name(int index) {
        int digits = Integer.toString(size() - 1).length();
        return String.format(Locale.ROOT, "%0" + digits + "d", index);
    }

    @Override
    public int label(int index) {
        return labels[index] & 0xff;
    }

    @Override
    public OptionalLong fileBytes(int index) {
        return OptionalLong.empty();
    }

    @Override
    public Optional<String> pixelsSha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((width + " x " + height + "\n").getBytes(StandardCharsets.US_ASCII));
            return Optional.of(HexFormat.of().formatHex(digest.digest(pixels)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    @Override
    public RgbImage read(int index) {
        Objects.checkIndex(index, size());
        int area = height * width;
        byte[] samples = new byte[area * 3];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = pixels[index * area + i / 3];
        }
        return RgbImage.of(width, height, samples);
    }
}
