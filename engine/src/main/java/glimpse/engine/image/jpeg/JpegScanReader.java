package glimpse.engine.image.jpeg;

import glimpse.engine.image.ImageFormatException;

/**
 * Reads a scan, an MCU row at a time (ITU-T T.81, A.2 and E.2.4), and resynchronises where restart markers are missing
 * or repeated, by libjpeg's rules; blocks that are lost stay as they were.
 */
final class JpegScanReader {
    private static final int TEM = 0x01;
    private static final int FIRST_KNOWN = 0xc0;
    private static final int RST0 = 0xd0;
    private static final int RST7 = 0xd7;

    private final JpegFrame frame;
    private final JpegScan scan;
    private final JpegBitReader in;
    private final Target target;
    private final JpegBlockCode code;
    private int untilRestart;
    private int nextRestart; // 0..7
    private int lastGoodRow; // of MCUs
    private boolean over; // no bits can follow

    /**
     * Creates a reader.
     *
     * @param code the code that {@code target} decodes with
     */
    JpegScanReader(byte[] file, JpegFrame frame, JpegScan scan, JpegBlockCode code, Target target) {
        this.frame = frame;
        this.scan = scan;
        this.in = new JpegBitReader(file, scan.start(), scan.end());
        this.code = code;
        this.target = target;
        this.untilRestart = scan.restartInterval();
    }

    /** Receives the blocks of a scan. */
    interface Target {
        /**
         * Decodes a block.
         *
         * @param in the scan's bits
         * @param channel index of its component in the scan
         * @param row its block row
         * @param column its index in the row; the last MCU's may be outside the image
         */
        void block(JpegBitReader in, int channel, int row, int column);
    }

    /** Reads the blocks of an MCU row, which must be the one after the last that was read. */
    void read(int unitRow) {
        if (scan.interleaved()) {
            readUnits(unitRow);
            return;
        }
        JpegFrame.Component component = scan.channels().getFirst().component();
        int first = unitRow * component.vertical();
        int end = Math.min(first + component.vertical(), frame.blocksDown(component));
        for (int row = first; row < end; row++) {
            readBlocks(unitRow, row, frame.blocksAcross(component));
        }
    }

    /**
     * Checks what follows the last row.
     *
     * @throws ImageFormatException if the data contain a reserved marker
     */
    void finish() throws ImageFormatException {
        while (!in.atEnd()) {
            if (in.marker() > TEM && in.marker() < FIRST_KNOWN) { // libjpeg skips them only before a restart marker
                throw new ImageFormatException(
                        "corrupt JPEG: marker " + Integer.toHexString(in.marker()) + " in the pixel data");
            }
            in.seekMarker();
        }
    }

    /** Returns the last MCU row that had bits. */
    int lastGoodRow() {
        return lastGoodRow;
    }

    private void readUnits(int row) {
        int across = frame.unitsAcross();
        for (int column = 0; column < across && !over; column++) {
            begin(row);
            if (!in.exhausted()) {
                readUnit(row, column);
            } else {
                over = nothingLeft();
            }
        }
    }

    private void readUnit(int row, int column) {
        for (int channel = 0; channel < scan.channels().size(); channel++) {
            JpegFrame.Component component = scan.channels().get(channel).component();
            int across = component.horizontal();
            int down = component.vertical();
            for (int y = 0; y < down; y++) {
                for (int x = 0; x < across; x++) {
                    target.block(in, channel, row * down + y, column * across + x);
                }
            }
        }
    }

    private void readBlocks(int unitRow, int row, int across) {
        for (int column = 0; column < across && !over; column++) {
            begin(unitRow);
            if (!in.exhausted()) {
                target.block(in, 0, row, column);
            } else {
                over = nothingLeft();
            }
        }
    }

    /** Returns whether no bits can follow. */
    private boolean nothingLeft() {
        return scan.restartInterval() == 0 || in.atEnd();
    }

    private void begin(int unitRow) {
        if (!in.exhausted()) {
            lastGoodRow = unitRow;
        }
        if (scan.restartInterval() == 0) {
            return;
        }
        if (untilRestart == 0) {
            if (in.marker() == 0) {
                in.seekMarker();
            }
            resynchronise();
            nextRestart = (nextRestart + 1) & 7;
            untilRestart = scan.restartInterval();
            code.restart();
            in.resume();
        }
        untilRestart--;
    }

    /** Passes the restart marker that is due, or leaves one that belongs to a later interval. */
    private void resynchronise() {
        while (true) {
            int marker = in.marker();
            int ahead = (marker - RST0 - nextRestart) & 7;
            boolean restart = marker >= RST0 && marker <= RST7;
            if (marker < FIRST_KNOWN || (restart && ahead >= 6)) {
                in.seekMarker(); // reserved, or one of the last two: late
            } else if (restart && (ahead == 0 || ahead >= 3)) {
                in.passMarker(); // the one due, or too far away to tell what is lost
                return;
            } else {
                return; // one of the next two: the interval is lost; or the scan's end
            }
        }
    }
}
