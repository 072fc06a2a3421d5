package glimpse.engine.image;

import java.util.List;

/**
 * A scan: its header, the tables in force where it begins, and where its entropy-coded data lie.
 *
 * @param channels the components it codes, in the order of the MCU
 * @param from the first coefficient, in zigzag order; always 0 in a sequential frame
 * @param to the last coefficient; always 63 in a sequential frame
 * @param high the bit position that the scan before it stopped at; 0 in a first scan
 * @param low the bit position that this scan stops at
 * @param restartInterval MCUs between restart markers, or 0
 * @param start the first byte of its data in the file
 * @param end the marker that ends its data: neither a restart marker nor one below {@code FFC0}
 */
record JpegScan(List<Channel> channels, int from, int to, int high, int low, int restartInterval, int start, int end) {
    JpegScan {
        channels = List.copyOf(channels);
    }

    /**
     * A component in a scan. A table that the scan doesn't read is empty.
     *
     * @param component the component
     * @param dc the Huffman table of the differences between DC coefficients
     * @param ac the Huffman table of the AC coefficients
     */
    record Channel(JpegFrame.Component component, JpegHuffmanTable dc, JpegHuffmanTable ac) {}

    boolean interleaved() {
        return channels.size() > 1;
    }
}
