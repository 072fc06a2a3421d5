package glimpse.engine.image;

import java.util.List;

/**
 * Smooths chroma of full width and half height (4:4:0): IJG 6b repeats its rows, while libjpeg-turbo weights each row 3:1
 * with the nearer neighbour. The repeated rows hold all stored samples, so the latter can be computed from the former.
 */
final class JpegUpsampling {
    private JpegUpsampling() {}

    /**
     * Smooths the components whose rows the decoder has repeated.
     *
     * @param samples {@code [height][width][components]}, changed in place
     */
    static void smoothRowPairs(byte[] samples, JpegStructure structure) {
        List<JpegStructure.Component> components = structure.components();
        int maxHorizontal = components.stream()
                .mapToInt(JpegStructure.Component::horizontal)
                .max()
                .orElse(1);
        int maxVertical = components.stream()
                .mapToInt(JpegStructure.Component::vertical)
                .max()
                .orElse(1);
        for (int c = 0; c < components.size(); c++) {
            if (components.get(c).horizontal() == maxHorizontal
                    && components.get(c).vertical() * 2 == maxVertical) {
                smooth(samples, structure.width(), structure.height(), components.size(), c);
            }
        }
    }

    private static void smooth(byte[] samples, int width, int height, int components, int component) {
        int rows = (height + 1) / 2;
        int stride = width * components;
        int[] column = new int[rows];
        for (int x = component; x < stride; x += components) {
            for (int row = 0; row < rows; row++) {
                column[row] = samples[2 * row * stride + x] & 0xff;
            }
            for (int y = 0; y < height; y++) {
                int row = y / 2;
                boolean upper = y % 2 == 0;
                int neighbour = column[Math.clamp(upper ? row - 1 : row + 1, 0, rows - 1)];
                samples[y * stride + x] = (byte) ((3 * column[row] + neighbour + (upper ? 1 : 2)) >> 2);
            }
        }
    }
}
