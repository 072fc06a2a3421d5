package glimpse.engine.image.jpeg;

import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.ImageFormatException;
import java.util.ArrayList;
import java.util.List;

/** Reads the headers of frames and scans (ITU-T T.81, B.2.2 and B.2.3). */
final class JpegHeaders {
    private static final int MAX_FACTOR = 4;
    private static final int MAX_BLOCKS = 10; // in an MCU
    private static final int MAX_LOW = 13;
    private static final int LAST = JpegFrame.BLOCK_SIZE - 1;

    private JpegHeaders() {}

    /**
     * Reads a frame header.
     *
     * @param start index of its length
     * @param end index after its last byte
     * @param options limits the pixels that the frame may declare
     */
    static JpegFrame frame(byte[] file, int start, int end, boolean progressive, DecodeOptions options)
            throws ImageFormatException {
        int length = end - start;
        int count = length >= 8 ? file[start + 7] & 0xff : 0;
        if (length != 8 + 3 * count) {
            throw new ImageFormatException("corrupt JPEG: a frame header of length " + length + " at byte " + start);
        }
        int precision = file[start + 2] & 0xff;
        if (precision != 8) {
            throw new ImageFormatException("a JPEG of " + precision + " bits per sample, expected 8");
        }
        if (count != 1 && count != 3 && count != 4) {
            throw new ImageFormatException("a JPEG of " + count + " components, expected 1, 3 or 4");
        }
        int height = unsignedShort(file, start + 3);
        int width = unsignedShort(file, start + 5);
        options.requireSize(width, height);
        List<JpegFrame.Component> components = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = start + 8 + 3 * i;
            int factors = file[at + 1] & 0xff;
            int horizontal = factors >> 4;
            int vertical = factors & 15;
            if (horizontal < 1 || horizontal > MAX_FACTOR || vertical < 1 || vertical > MAX_FACTOR) {
                throw new ImageFormatException("corrupt JPEG: sampling factors " + horizontal + " x " + vertical
                        + " of component " + i + ", expected 1..4");
            }
            components.add(new JpegFrame.Component(i, file[at] & 0xff, horizontal, vertical, file[at + 2] & 0xff));
        }
        JpegFrame frame = new JpegFrame(width, height, progressive, components);
        for (JpegFrame.Component component : components) {
            if (frame.maxHorizontal() % component.horizontal() != 0
                    || frame.maxVertical() % component.vertical() != 0) {
                throw new ImageFormatException("a JPEG whose component " + component.index() + " has "
                        + component.horizontal() + " x " + component.vertical() + " samples for each "
                        + frame.maxHorizontal() + " x " + frame.maxVertical() + " pixels isn't supported");
            }
        }
        return frame;
    }

    /**
     * Reads a scan header.
     *
     * @param start index of its length
     * @param dataStart index after its last byte
     * @param dataEnd index of the marker that ends the scan's data
     */
    static JpegScan scan(byte[] file, int start, int dataStart, int dataEnd, JpegFrame frame, JpegTables tables)
            throws ImageFormatException {
        int length = dataStart - start;
        int count = length >= 3 ? file[start + 2] & 0xff : 0;
        if (count < 1 || count > 4 || length != 6 + 2 * count) {
            throw new ImageFormatException("corrupt JPEG: a scan header of length " + length + " at byte " + start);
        }
        int parameters = start + 3 + 2 * count;
        int from = frame.progressive() ? file[parameters] & 0xff : 0;
        int to = frame.progressive() ? file[parameters + 1] & 0xff : LAST;
        int high = frame.progressive() ? (file[parameters + 2] & 0xff) >> 4 : 0;
        int low = frame.progressive() ? file[parameters + 2] & 15 : 0;
        if (frame.progressive()) {
            requireBand(start, count, from, to, high, low);
        }
        boolean readsDc = from == 0 && high == 0;
        boolean readsAc = to > 0;
        List<JpegScan.Channel> channels = new ArrayList<>();
        int blocks = 0;
        for (int i = 0; i < count; i++) {
            JpegFrame.Component component = component(file[start + 3 + 2 * i] & 0xff, frame, channels, start);
            int places = file[start + 4 + 2 * i] & 0xff;
            channels.add(new JpegScan.Channel(
                    component,
                    readsDc ? tables.dc(places >> 4, frame.progressive()) : JpegHuffmanTable.EMPTY,
                    readsAc ? tables.ac(places & 15, frame.progressive()) : JpegHuffmanTable.EMPTY));
            blocks += component.horizontal() * component.vertical();
        }
        if (count > 1 && blocks > MAX_BLOCKS) {
            throw new ImageFormatException("corrupt JPEG: " + blocks + " blocks per MCU in the scan at byte " + start
                    + ", expected at most " + MAX_BLOCKS);
        }
        return new JpegScan(channels, from, to, high, low, tables.restartInterval(), dataStart, dataEnd);
    }

    private static void requireBand(int start, int count, int from, int to, int high, int low)
            throws ImageFormatException {
        boolean band = from == 0 ? to == 0 : from <= to && to <= LAST && count == 1;
        if (!band || (high != 0 && low != high - 1) || low > MAX_LOW) {
            throw new ImageFormatException("corrupt JPEG: the scan at byte " + start + " codes coefficients " + from
                    + ".." + to + " of " + count + " components from bit " + high + " to " + low);
        }
    }

    /** Returns the first component with an identifier that isn't in the scan yet. */
    private static JpegFrame.Component component(int id, JpegFrame frame, List<JpegScan.Channel> channels, int start)
            throws ImageFormatException {
        for (JpegFrame.Component component : frame.components()) {
            if (component.id() == id
                    && channels.stream()
                            .noneMatch(channel -> channel.component().equals(component))) {
                return component;
            }
        }
        throw new ImageFormatException("corrupt JPEG: the scan at byte " + start + " has component " + id
                + ", which the frame doesn't have or the scan has already");
    }

    private static int unsignedShort(byte[] file, int at) {
        return ((file[at] & 0xff) << 8) | (file[at + 1] & 0xff);
    }
}
