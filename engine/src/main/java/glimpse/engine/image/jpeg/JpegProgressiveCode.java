package glimpse.engine.image.jpeg;

import java.util.Arrays;

/** Decodes the blocks of progressive scans: a band of coefficients down to a bit position (ITU-T T.81, annex G). */
sealed interface JpegProgressiveCode extends JpegBlockCode {
    /** Decodes the upper bits of DC coefficients. */
    final class DcFirst implements JpegProgressiveCode {
        private final JpegHuffmanTable[] tables;
        private final int[] predictions; // [channel], the previous block's DC coefficient
        private final int low;

        DcFirst(JpegScan scan) {
            this.tables = scan.channels().stream().map(JpegScan.Channel::dc).toArray(JpegHuffmanTable[]::new);
            this.predictions = new int[tables.length];
            this.low = scan.low();
        }

        @Override
        public void restart() {
            Arrays.fill(predictions, 0);
        }

        @Override
        public void decode(JpegBitReader in, int channel, short[] coefficients, int block) {
            int size = in.symbol(tables[channel]);
            if (size != 0) {
                predictions[channel] += in.signed(size);
            }
            coefficients[block] = (short) (predictions[channel] << low);
        }
    }

    /** Decodes one more bit of DC coefficients. */
    final class DcRefinement implements JpegProgressiveCode {
        private final int low;

        DcRefinement(JpegScan scan) {
            this.low = scan.low();
        }

        @Override
        public void restart() {
            // no state
        }

        @Override
        public void decode(JpegBitReader in, int channel, short[] coefficients, int block) {
            if (in.bit()) {
                coefficients[block] |= (short) (1 << low);
            }
        }
    }

    /** Decodes the upper bits of a band of AC coefficients. */
    final class AcFirst implements JpegProgressiveCode {
        private final JpegHuffmanTable table;
        private final int from;
        private final int to;
        private final int low;
        private int emptyBlocks; // left in an end-of-band run

        AcFirst(JpegScan scan) {
            this.table = scan.channels().getFirst().ac();
            this.from = scan.from();
            this.to = scan.to();
            this.low = scan.low();
        }

        @Override
        public void restart() {
            emptyBlocks = 0;
        }

        @Override
        public void decode(JpegBitReader in, int channel, short[] coefficients, int block) {
            if (emptyBlocks > 0) {
                emptyBlocks--;
                return;
            }
            for (int k = from; k <= to; k++) {
                int symbol = in.symbol(table);
                int zeros = symbol >> 4;
                int bits = symbol & 15;
                if (bits != 0) {
                    k += zeros;
                    coefficients[block + JpegZigzag.position(k)] = (short) (in.signed(bits) << low);
                } else if (zeros == 15) {
                    k += 15;
                } else {
                    emptyBlocks = runOfBlocks(in, zeros) - 1;
                    break;
                }
            }
        }
    }

    /** Decodes one more bit of a band of AC coefficients. */
    final class AcRefinement implements JpegProgressiveCode {
        private final JpegHuffmanTable table;
        private final int from;
        private final int to;
        private final int one; // the value of the bit
        private int bandsLeft; // in an end-of-band run, including this block: no new nonzero coefficients

        AcRefinement(JpegScan scan) {
            this.table = scan.channels().getFirst().ac();
            this.from = scan.from();
            this.to = scan.to();
            this.one = 1 << scan.low();
        }

        @Override
        public void restart() {
            bandsLeft = 0;
        }

        @Override
        public void decode(JpegBitReader in, int channel, short[] coefficients, int block) {
            int k = from;
            while (bandsLeft == 0 && k <= to) {
                int symbol = in.symbol(table);
                int zeros = symbol >> 4;
                int value = 0;
                if ((symbol & 15) != 0) { // 1 in sound data
                    value = in.bit() ? one : -one;
                } else if (zeros < 15) {
                    bandsLeft = runOfBlocks(in, zeros);
                    break;
                }
                k = refine(in, coefficients, block, k, zeros);
                if (value != 0) {
                    coefficients[block + JpegZigzag.position(k)] = (short) value;
                }
                k++;
            }
            if (bandsLeft > 0) {
                refine(in, coefficients, block, k, Integer.MAX_VALUE);
                bandsLeft--;
            }
        }

        /**
         * Reads the next bit of each nonzero coefficient.
         *
         * @param first zigzag index to start at
         * @param zeros how many zero coefficients to skip
         * @return the zigzag index of the zero coefficient after them, or the one after the band
         */
        private int refine(JpegBitReader in, short[] coefficients, int block, int first, int zeros) {
            int left = zeros;
            for (int k = first; k <= to; k++) {
                int at = block + JpegZigzag.position(k);
                int value = coefficients[at];
                if (value == 0) {
                    if (left-- == 0) {
                        return k;
                    }
                } else if (in.bit() && (value & one) == 0) {
                    coefficients[at] = (short) (value >= 0 ? value + one : value - one);
                }
            }
            return to + 1;
        }
    }

    /** Reads the length of an end-of-band run in blocks, including this one: 1..32767. */
    private static int runOfBlocks(JpegBitReader in, int bits) {
        return (1 << bits) + (bits == 0 ? 0 : in.bits(bits));
    }
}
