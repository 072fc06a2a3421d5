package glimpse.evaluation.webp;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file's content for an image reader. A reader that keeps reading beyond the end gets an exception, as it would
 * otherwise fill a large image from nothing, slowly.
 */
final class BoundedInput extends ImageInputStreamImpl {
    /** Readers look ahead a little and reach the end several times. */
    private static final int MAX_READS_BEYOND = 1000;

    private final byte[] content;
    private int readsBeyond;

    BoundedInput(byte[] content) {
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        checkClosed();
        bitOffset = 0;
        return atEnd() ? -1 : content[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        checkClosed();
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (atEnd()) {
            return -1;
        }
        int count = (int) Math.min(length, content.length - streamPos);
        System.arraycopy(content, (int) streamPos, to, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return content.length;
    }

    private boolean atEnd() throws IOException {
        if (streamPos < content.length) {
            return false;
        }
        readsBeyond++;
        if (readsBeyond > MAX_READS_BEYOND) {
            throw new IOException("the pixel data ends early");
        }
        return true;
    }
}
