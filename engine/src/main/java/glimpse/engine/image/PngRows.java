package glimpse.engine.image;

import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses the rows of a PNG one by one and undoes their filters (PNG, third edition, 9 and 10). */
final class PngRows implements AutoCloseable {
    private static final int MOST_BYTES_BEYOND = 8192; // after the last row; there should be none

    private final byte[] file;
    private final Iterator<PngStructure.Data> data;
    private final int pixelBytes; // distance to the byte that a filter calls left, at least 1
    private final Inflater inflater = new Inflater();
    private final byte[] filter = new byte[1];

    PngRows(PngStructure structure) {
        this.file = structure.file();
        this.data = structure.data().iterator();
        this.pixelBytes = Math.max(1, structure.colour().samples() * structure.bitDepth() / Byte.SIZE);
    }

    /**
     * Reads a row.
     *
     * @param row receives its bytes
     * @param above the row above it in its pass; zeros for the first
     * @param length number of bytes
     * @throws ImageFormatException if the data end early or aren't valid
     */
    void read(byte[] row, byte[] above, int length) throws ImageFormatException {
        inflate(filter, 1);
        inflate(row, length);
        switch (filter[0]) {
            case 0 -> {}
            case 1 -> {
                for (int i = pixelBytes; i < length; i++) {
                    row[i] += row[i - pixelBytes];
                }
            }
            case 2 -> {
                for (int i = 0; i < length; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> average(row, above, length);
            case 4 -> paeth(row, above, length);
            default -> throw new ImageFormatException("corrupt PNG: filter " + (filter[0] & 0xff) + ", expected 0..4");
        }
    }

    /**
     * Checks what follows the last row: the checksum of the pixel data, unless it is missing.
     *
     * @throws ImageFormatException if it is wrong
     */
    void finish() throws ImageFormatException {
        byte[] beyond = new byte[MOST_BYTES_BEYOND];
        try {
            int left = beyond.length;
            while (left > 0 && !inflater.finished() && !inflater.needsDictionary()) {
                int count = inflater.inflate(beyond, 0, left);
                left -= count;
                if (count == 0 && inflater.needsInput()) {
                    if (!data.hasNext()) {
                        return;
                    }
                    refill();
                }
            }
        } catch (DataFormatException e) {
            throw invalid(e);
        }
    }

    private void average(byte[] row, byte[] above, int length) {
        for (int i = 0; i < Math.min(pixelBytes, length); i++) {
            row[i] += (byte) ((above[i] & 0xff) >> 1);
        }
        for (int i = pixelBytes; i < length; i++) {
            row[i] += (byte) (((row[i - pixelBytes] & 0xff) + (above[i] & 0xff)) >> 1);
        }
    }

    private void paeth(byte[] row, byte[] above, int length) {
        for (int i = 0; i < Math.min(pixelBytes, length); i++) {
            row[i] += above[i];
        }
        for (int i = pixelBytes; i < length; i++) {
            int left = row[i - pixelBytes] & 0xff;
            int up = above[i] & 0xff;
            int corner = above[i - pixelBytes] & 0xff;
            int toLeft = Math.abs(up - corner);
            int toUp = Math.abs(left - corner);
            int toCorner = Math.abs(left + up - 2 * corner);
            int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
            row[i] += (byte) nearest;
        }
    }

    private void inflate(byte[] to, int length) throws ImageFormatException {
        try {
            int done = 0;
            while (done < length) {
                int count = inflater.inflate(to, done, length - done);
                done += count;
                if (count == 0) {
                    refill();
                }
            }
        } catch (DataFormatException e) {
            throw invalid(e);
        }
    }

    private void refill() throws ImageFormatException {
        if (inflater.finished() || inflater.needsDictionary() || !data.hasNext()) {
            throw new ImageFormatException("corrupt PNG: the pixel data end early");
        }
        PngStructure.Data next = data.next();
        inflater.setInput(file, next.start(), next.length());
    }

    private static ImageFormatException invalid(DataFormatException e) {
        return new ImageFormatException("corrupt PNG: the pixel data aren't valid: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
