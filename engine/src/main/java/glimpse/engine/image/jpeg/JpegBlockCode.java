package glimpse.engine.image.jpeg;

/** Decodes the coefficients of a scan's blocks and keeps the state between blocks. */
sealed interface JpegBlockCode permits JpegSequentialCode, JpegProgressiveCode {
    /**
     * Decodes a block.
     *
     * @param in the scan's bits
     * @param channel index of the block's component in the scan
     * @param coefficients {@code [blocks][64]}, each block row by row
     * @param block index of the block's first coefficient
     */
    void decode(JpegBitReader in, int channel, short[] coefficients, int block);

    /** Resets the state between blocks at the start of a restart interval. */
    void restart();

    /** Returns the code for a scan. */
    static JpegBlockCode of(JpegScan scan, boolean progressive) {
        if (!progressive) {
            return new JpegSequentialCode(scan);
        }
        if (scan.from() == 0) {
            return scan.high() == 0
                    ? new JpegProgressiveCode.DcFirst(scan)
                    : new JpegProgressiveCode.DcRefinement(scan);
        }
        return scan.high() == 0 ? new JpegProgressiveCode.AcFirst(scan) : new JpegProgressiveCode.AcRefinement(scan);
    }
}
