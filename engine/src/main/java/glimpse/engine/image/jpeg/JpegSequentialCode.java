package glimpse.engine.image.jpeg;

import java.util.Arrays;

/** Decodes baseline and extended sequential blocks, all coefficients at once (ITU-T T.81, F.2.2). */
final class JpegSequentialCode implements JpegBlockCode {
    private final JpegHuffmanTable[] dc;
    private final JpegHuffmanTable[] ac;
    private final int[] predictions; // [channel], the previous block's DC coefficient

    JpegSequentialCode(JpegScan scan) {
        this.dc = scan.channels().stream().map(JpegScan.Channel::dc).toArray(JpegHuffmanTable[]::new);
        this.ac = scan.channels().stream().map(JpegScan.Channel::ac).toArray(JpegHuffmanTable[]::new);
        this.predictions = new int[dc.length];
    }

    @Override
    public void restart() {
        Arrays.fill(predictions, 0);
    }

    @Override
    public void decode(JpegBitReader in, int channel, short[] coefficients, int block) {
        decodeToLast(in, channel, coefficients, block);
    }

    /**
     * Decodes a block as {@link #decode} does.
     *
     * @return the zigzag index of the last coefficient stored
     */
    int decodeToLast(JpegBitReader in, int channel, short[] coefficients, int block) {
        int size = in.symbol(dc[channel]);
        if (size != 0) {
            predictions[channel] += in.signed(size);
        }
        coefficients[block] = (short) predictions[channel];
        return in.acCoefficients(ac[channel], coefficients, block);
    }
}
