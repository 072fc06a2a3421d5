package glimpse.engine.image.jpeg;

import java.util.List;

/**
 * A scan: its header, the tables in force at its start, and the range of its entropy-coded data.
 *
 * @param channels the components it codes, in their order within an MCU
 * @param from the first coefficient, in zigzag order; always 0 in a sequential frame
 * @param to the last coefficient; always 63 in a sequential frame
 * @param high the bit position that the previous scan of these coefficients reached; 0 in a first scan
 * @param low the bit position that this scan reaches
 * @param restartInterval MCUs between restart markers, or 0
 * @param start the index of the first byte of its data
 * @param end the index of the marker that ends its data: neither a restart marker nor one below {@code FFC0}
 */
record JpegScan(List<Channel> channels, int from, int to, int high, int low, int restartInterval, int start, int end) {
    JpegScan {
        channels = List.copyOf(channels);
    }

    /**
     * A component of a scan. A table that the scan doesn't use is empty.
     *
     * @param component the component
     * @param dc the Huffman table of DC differences
     * @param ac the Huffman table of AC coefficients
     */
    record Channel(JpegFrame.Component component, JpegHuffmanTable dc, JpegHuffmanTable ac) {}

    boolean interleaved() {
        return channels.size() > 1;
    }
}
