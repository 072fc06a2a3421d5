package glimpse.collab.codec;

/**
 * The samples of patches, one plane per channel, with green subtracted from red and blue (modulo 256) so that what the
 * channels have in common is encoded once. The first row and column of a patch are predicted from the edges of its
 * neighbours in the image.
 */
final class PatchPlanes {
    private static final int GREEN = 1;

    private final PatchGeometry geometry;
    private final int side;
    private final int area;
    private final byte[] samples; // [channels][patches][patchSize][patchSize]

    private PatchPlanes(PatchGeometry geometry, byte[] samples) {
        this.geometry = geometry;
        this.side = geometry.patchSize();
        this.area = geometry.patchArea();
        this.samples = samples;
    }

    /** Returns planes of zeros, for {@link #restore} to fill. */
    static PatchPlanes empty(PatchGeometry geometry) {
        return new PatchPlanes(geometry, new byte[(int) geometry.pixelBytes()]);
    }

    /** Returns the planes of pixels {@code [patches][patchSize][patchSize][channels]}. */
    static PatchPlanes of(PatchGeometry geometry, byte[] pixels) {
        PatchPlanes planes = empty(geometry);
        int channels = geometry.channels();
        int plane = pixels.length / channels;
        for (int i = 0; i < plane; i++) {
            int green = channels == 1 ? 0 : pixels[i * channels + GREEN];
            for (int c = 0; c < channels; c++) {
                planes.samples[c * plane + i] = (byte) (pixels[i * channels + c] - (c == GREEN ? 0 : green));
            }
        }
        return planes;
    }

    /** Returns the pixels, {@code [patches][patchSize][patchSize][channels]}. */
    byte[] pixels() {
        int channels = geometry.channels();
        int plane = samples.length / channels;
        byte[] pixels = new byte[samples.length];
        for (int i = 0; i < plane; i++) {
            int green = channels == 1 ? 0 : samples[GREEN * plane + i];
            for (int c = 0; c < channels; c++) {
                pixels[i * channels + c] = (byte) (samples[c * plane + i] + (c == GREEN ? 0 : green));
            }
        }
        return pixels;
    }

    /**
     * Computes a predictor's residuals of a patch in one channel.
     *
     * @param to receives {@code [patchSize][patchSize]} from {@code at} on: sample minus predicted value, modulo 256
     */
    void residuals(int channel, int patch, Predictor predictor, byte[] to, int at) {
        Neighbours neighbours = new Neighbours(channel, patch);
        int start = neighbours.start;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                to[at + i] = (byte) (samples[start + i] - neighbours.predict(predictor, x, y));
            }
        }
    }

    /** Restores a patch in one channel from its {@link #residuals}; the patches before it must be restored already. */
    void restore(int channel, int patch, Predictor predictor, byte[] from, int at) {
        Neighbours neighbours = new Neighbours(channel, patch);
        int start = neighbours.start;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                samples[start + i] = (byte) (from[at + i] + neighbours.predict(predictor, x, y));
            }
        }
    }

    /** The offsets of a patch's samples and of its neighbours'; -1 if there is no such patch. */
    private final class Neighbours {
        private final int start;
        private final int left;
        private final int up;
        private final int upLeft;

        Neighbours(int channel, int patch) {
            int plane = channel * geometry.patches() * area;
            this.start = plane + patch * area;
            this.left = startOf(plane, geometry.neighbour(patch, -1, 0));
            this.up = startOf(plane, geometry.neighbour(patch, 0, -1));
            this.upLeft = startOf(plane, geometry.neighbour(patch, -1, -1));
        }

        private int startOf(int plane, int patch) {
            return patch < 0 ? -1 : plane + patch * area;
        }

        /** Predicts a sample; a missing neighbour takes the value of the other, or 0 without any. */
        int predict(Predictor predictor, int x, int y) {
            int leftSample = x > 0 ? at(start, x - 1, y) : at(left, side - 1, y);
            int upSample = y > 0 ? at(start, x, y - 1) : at(up, x, side - 1);
            int corner;
            if (x > 0) {
                corner = y > 0 ? at(start, x - 1, y - 1) : at(up, x - 1, side - 1);
            } else {
                corner = y > 0 ? at(left, side - 1, y - 1) : at(upLeft, side - 1, side - 1);
            }
            if (leftSample < 0) {
                leftSample = Math.max(0, upSample);
            }
            if (upSample < 0) {
                upSample = leftSample;
            }
            return predictor.predict(leftSample, upSample, corner < 0 ? Math.min(leftSample, upSample) : corner);
        }

        private int at(int patchStart, int x, int y) {
            return patchStart < 0 ? -1 : samples[patchStart + y * side + x] & 0xff;
        }
    }
}
