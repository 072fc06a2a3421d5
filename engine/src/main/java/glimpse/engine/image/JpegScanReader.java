package glimpse.engine.image;

/**
 * Walks a scan's MCUs (ITU-T T.81, A.2 and E.2.4) and finds its place again where restart markers are missing or
 * doubled, by libjpeg's rules: what is lost stays as it was.
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

    private JpegScanReader(byte[] file, JpegFrame frame, JpegScan scan, JpegBlockCode code, Target target) {
        this.frame = frame;
        this.scan = scan;
        this.in = new JpegBitReader(file, scan.start(), scan.end());
        this.code = code;
        this.target = target;
        this.untilRestart = scan.restartInterval();
    }

    /** What is done with the bits of each block. */
    interface Target {
        /**
         * Decodes a block.
         *
         * @param in the scan's bits
         * @param channel the place of its component in the scan
         * @param row its row of blocks
         * @param column its place in the row, which may be beyond the image in the last MCU
         */
        void block(JpegBitReader in, int channel, int row, int column);
    }

    /**
     * Reads a scan to its end.
     *
     * @param code the code that {@code target} decodes with
     * @return the last row of MCUs in which it still had bits
     * @throws ImageFormatException if a marker stands in the data that no decoder knows
     */
    static int read(byte[] file, JpegFrame frame, JpegScan scan, JpegBlockCode code, Target target)
            throws ImageFormatException {
        JpegScanReader reader = new JpegScanReader(file, frame, scan, code, target);
        if (scan.interleaved()) {
            reader.readUnits();
        } else {
            reader.readBlocks();
        }
        reader.requireNoReservedMarker();
        return reader.lastGoodRow;
    }

    private void readUnits() {
        int across = frame.unitsAcross();
        int down = frame.unitsDown();
        for (int row = 0; row < down; row++) {
            for (int column = 0; column < across; column++) {
                begin(row);
                if (!in.exhausted()) {
                    readUnit(row, column);
                } else if (nothingLeft()) {
                    return;
                }
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

    private void readBlocks() {
        JpegFrame.Component component = scan.channels().getFirst().component();
        int across = frame.blocksAcross(component);
        int down = frame.blocksDown(component);
        for (int row = 0; row < down; row++) {
            for (int column = 0; column < across; column++) {
                begin(row / component.vertical());
                if (!in.exhausted()) {
                    target.block(in, 0, row, column);
                } else if (nothingLeft()) {
                    return;
                }
            }
        }
    }

    /** Whether no restart can bring more bits. */
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

    /** Passes the restart marker that is due, or decides whether the one that stands there belongs further on. */
    private void resynchronise() {
        while (true) {
            int marker = in.marker();
            int ahead = (marker - RST0 - nextRestart) & 7;
            boolean restart = marker >= RST0 && marker <= RST7;
            if (marker < FIRST_KNOWN || (restart && ahead >= 6)) {
                in.seekMarker(); // not a marker, or one of the last two, which came late
            } else if (restart && (ahead == 0 || ahead >= 3)) {
                in.passMarker(); // too far away to tell what is lost
                return;
            } else {
                return; // one of the next two, or the end
            }
        }
    }

    /** As in libjpeg, only where a restart marker is looked for may there be such a marker. */
    private void requireNoReservedMarker() throws ImageFormatException {
        while (!in.atEnd()) {
            if (in.marker() > TEM && in.marker() < FIRST_KNOWN) {
                throw new ImageFormatException(
                        "corrupt JPEG: marker " + Integer.toHexString(in.marker()) + " in the pixel data");
            }
            in.seekMarker();
        }
    }
}
