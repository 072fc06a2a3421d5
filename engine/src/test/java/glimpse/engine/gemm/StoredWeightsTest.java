package glimpse.engine.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.kernel.KernelPair;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A product with weights in the type that they are stored in has the bits of the product with their floats. */
class StoredWeightsTest {
    private static final KernelPair PAIR = KernelPair.create();
    private static final float FACTOR = (float) (1 / Math.sqrt(24)); // no power of two

    /** Rows that cut pieces and tails, columns of one to three blocks, tokens in whole panels and in tails. */
    private static final int[][] SIZES = { // rows, columns, tokens
        {8, 1, 1}, {104, 401, 70}, {200, 385, 37}, {21, 30, 5}
    };

    @ParameterizedTest
    @EnumSource(StoredMatrix.Type.class)
    void linearLayerEqualsThatOfTheFloats(StoredMatrix.Type type) {
        for (int[] size : SIZES) {
            StoredMatrix matrix = StoredMatrix.random(type, 1, size[0], size[1]);
            WeightTiles stored = WeightTiles.pack(matrix.stored(), 0, size[0], size[1], FACTOR);
            WeightTiles floats = WeightTiles.pack(matrix.floats(), 0, size[0], size[1], FACTOR);
            float[] expected = linear(PAIR.vector(), floats, size[2], 1);
            for (int threads : new int[] {1, 2, 5}) {
                assertThat(linear(PAIR.vector(), stored, size[2], threads))
                        .as("%s, %d threads", Arrays.toString(size), threads)
                        .containsExactly(expected);
            }
            assertThat(linear(PAIR.scalar(), stored, size[2], 1))
                    .as("%s, scalar", Arrays.toString(size))
                    .containsExactly(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(StoredMatrix.Type.class)
    void aSliceOfRowsIsPackedAlone(StoredMatrix.Type type) {
        StoredMatrix matrix = StoredMatrix.random(type, 1, 70, 33);
        WeightTiles stored = WeightTiles.pack(matrix.stored(), 30, 21, 33, 1);
        float[] slice = new float[21 * 33];
        matrix.floats().readFloats(30, 21, slice);
        WeightTiles floats = WeightTiles.pack(slice, 0, 21, 33);
        assertThat(linear(PAIR.vector(), stored, 40, 1)).containsExactly(linear(PAIR.vector(), floats, 40, 1));
    }

    @ParameterizedTest
    @EnumSource(StoredMatrix.Type.class)
    void valuesEqualThoseOfTheFloats(StoredMatrix.Type type) {
        int columns = 385;
        int tokens = 40;
        StoredMatrix matrix = StoredMatrix.random(type, 1, 3 * 60, columns); // three heads, padded to 64 rows each
        for (Kernels kernels : new Kernels[] {PAIR.vector(), PAIR.scalar()}) {
            WeightPanels stored = WeightPanels.pack(kernels, matrix.stored(), 0, 180, columns, 60, 64);
            WeightPanels floats = WeightPanels.pack(kernels, matrix.floats(), 0, 180, columns, 60, 64);
            assertThat(values(kernels, stored, tokens, 3)).containsExactly(values(kernels, floats, tokens, 1));
        }
    }

    /** The rows of the tokens; other lanes may hold anything. */
    private static float[] linear(Kernels kernels, WeightTiles weights, int tokens, int threads) {
        int panel = kernels.panel();
        int panels = Math.ceilDiv(tokens, panel);
        float[] in = KernelPair.random(3, kernels.panelFloats(panels, weights.columns()), 1);
        float[] out = new float[kernels.panelFloats(panels, weights.rows())];
        PanelLayout layout = new PanelLayout(kernels);
        layout.append(tokens);
        try (WorkerTeam team = new WorkerTeam(threads)) {
            new Gemm(kernels, team, new WeightPrefetcher())
                    .run(weights, KernelPair.random(2, weights.rows(), 1), in, out, layout, Gemm.Epilogue.GELU);
        }
        float[] values = new float[tokens * weights.rows()];
        for (int token = 0; token < tokens; token++) {
            for (int row = 0; row < weights.rows(); row++) {
                values[token * weights.rows() + row] =
                        out[kernels.rowAt(token / panel, weights.rows(), row) + token % panel];
            }
        }
        return values;
    }

    private static float[] values(Kernels kernels, WeightPanels weights, int tokens, int threads) {
        int padded = Math.ceilDiv(tokens, kernels.panel()) * kernels.panel();
        float[] in = KernelPair.random(3, padded * weights.columns() + Kernels.TILE, 1);
        float[] out = new float[padded * weights.panels() * kernels.panel()];
        try (WorkerTeam team = new WorkerTeam(threads)) {
            OneImage image = new OneImage(new PanelLayout(kernels), padded);
            image.layout().append(tokens);
            new ValueGemm(kernels, team, image, new WeightPrefetcher()).run(weights, in, out);
        }
        return out;
    }

    /** A batch of one image. */
    private record OneImage(PanelLayout layout, int paddedTokens) implements ValueGemm.Images {
        @Override
        public int imageOf(int panel) {
            return 0;
        }

        @Override
        public int paddedTokens(int image) {
            return paddedTokens;
        }

        @Override
        public int firstPanel(int image) {
            return 0;
        }
    }
}
