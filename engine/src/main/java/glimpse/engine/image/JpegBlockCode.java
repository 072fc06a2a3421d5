package glimpse.engine.image;

/** How a scan codes a block's coefficients. It keeps the state that runs from block to block. */
sealed interface JpegBlockCode permits JpegSequentialCode, JpegProgressiveCode {
    /**
     * Decodes a block.
     *
     * @param in the scan's bits
     * @param channel the place of the block's component in the scan
     * @param coefficients {@code [blocks][64]}, each block row by row
     * @param block where the block begins
     */
    void decode(JpegBitReader in, int channel, short[] coefficients, int block);

    /** Forgets the blocks before, at the start of a restart interval. */
    void restart();

    /** The code that a scan's header asks for. */
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
