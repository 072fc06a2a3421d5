package glimpse.engine.layer;

/** What the patches of an image hold, as the embedding reads it. The arrays mustn't be changed. */
public sealed interface PatchValues {
    /** Levels of an 8-bit pixel. */
    int LEVELS = 256;

    /** Returns a copy of the values, {@code [patches][patchLength]}, a patch in the order [channel][row][column]. */
    float[] copy(int patchLength);

    /**
     * Returns what these of the patches hold.
     *
     * @param indices {@code [kept]} of the patches among these
     */
    PatchValues select(int[] indices, int patchLength);

    /** Values as the model takes them. */
    final class Normalised implements PatchValues {
        private final float[] values; // [patches][patchLength]

        /** Keeps {@code values [patches][patchLength]}, without a copy. */
        public Normalised(float[] values) {
            this.values = values;
        }

        float[] values() {
            return values;
        }

        @Override
        public float[] copy(int patchLength) {
            return values.clone();
        }

        @Override
        public PatchValues select(int[] indices, int patchLength) {
            float[] selected = new float[indices.length * patchLength];
            for (int i = 0; i < indices.length; i++) {
                System.arraycopy(values, indices[i] * patchLength, selected, i * patchLength, patchLength);
            }
            return new Normalised(selected);
        }
    }

    /** Pixels in 8 bits, which become values as they are read. */
    final class Pixels implements PatchValues {
        private final byte[] pixels; // [patches][patchSize][patchSize][channels]
        private final float[] levels; // [channels][LEVELS]: the value of each level

        /** Keeps {@code pixels [patches][patchSize][patchSize][channels]} and their levels, without a copy. */
        public Pixels(byte[] pixels, float[] levels) {
            this.pixels = pixels;
            this.levels = levels;
        }

        @Override
        public float[] copy(int patchLength) {
            float[] values = new float[pixels.length];
            for (int begin = 0; begin < values.length; begin += patchLength) {
                copyColumn(begin / patchLength, patchLength, 0, patchLength, values, begin, 1);
            }
            return values;
        }

        @Override
        public PatchValues select(int[] indices, int patchLength) {
            byte[] selected = new byte[indices.length * patchLength];
            for (int i = 0; i < indices.length; i++) {
                System.arraycopy(pixels, indices[i] * patchLength, selected, i * patchLength, patchLength);
            }
            return new Pixels(selected, levels);
        }

        /**
         * Writes some values of a patch.
         *
         * @param begin the first value, in the patch's order [channel][row][column]
         * @param count number of values
         * @param to where value {@code begin + i} goes to index {@code at + i * stride}
         */
        void copyColumn(int patch, int patchLength, int begin, int count, float[] to, int at, int stride) {
            int channels = levels.length / LEVELS;
            int area = patchLength / channels;
            int end = begin + count;
            int index = at;
            for (int value = begin; value < end; ) {
                int channel = value / area;
                int last = Math.min(end, (channel + 1) * area);
                int from = patch * patchLength + (value - channel * area) * channels + channel;
                for (; value < last; value++) {
                    to[index] = levels[channel * LEVELS + (pixels[from] & 0xff)];
                    from += channels;
                    index += stride;
                }
            }
        }
    }
}
