package glimpse.engine.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.kernel.KernelPair;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A linear layer over panels equals, bit for bit, the three loops that define it. */
class GemmTest {
    private static final KernelPair PAIR = KernelPair.create();

    /** Rows (features out), columns (features in) and tokens of a product. */
    record Size(int rows, int columns, int tokens) {}

    @Test
    void equalsTheDefinitionForAllRowsAndTokensUpTo70() {
        for (int rows = 1; rows <= 70; rows++) {
            for (int tokens = 1; tokens <= 70; tokens++) {
                assertEqualsDefinition(new Size(rows, 1 + (rows * 31 + tokens * 17) % 70, tokens), 1);
            }
        }
    }

    @Test
    void equalsTheDefinitionForAllColumnsUpTo70() {
        for (int columns = 1; columns <= 70; columns++) {
            for (int tokens : new int[] {1, 2, 7, 8, 9, 31, 33}) {
                assertEqualsDefinition(new Size(1 + (columns * 13) % 70, columns, tokens), 1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transformerSizes")
    void equalsTheDefinitionForTransformerSizesWithOneAndTwoThreads(Size size) {
        assertEqualsDefinition(size, 1);
        assertEqualsDefinition(size, 2);
    }

    @Test
    void givesTheBitsOfItsScalarTwin() {
        for (int tokens : new int[] {13, 17, 24, 28, 40, 149, 197}) {
            Size size = new Size(385, 401, tokens);
            for (Gemm.Epilogue epilogue : Gemm.Epilogue.values()) {
                float[] vector = tokens(PAIR.vector(), size, epilogue, run(PAIR.vector(), size, 2, epilogue));
                float[] scalar = tokens(PAIR.scalar(), size, epilogue, run(PAIR.scalar(), size, 1, epilogue));
                assertThat(Arrays.mismatch(vector, scalar))
                        .as("first value that differs, %s, %s", epilogue, size)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void addsToWhatTheOutputHolds() {
        Size size = new Size(20, 30, 40);
        float[] stored = run(PAIR.vector(), size, 1, Gemm.Epilogue.STORE);
        float[] added = run(PAIR.vector(), size, 1, Gemm.Epilogue.ADD);
        float[] before = tokens(PAIR.vector(), size, Gemm.Epilogue.STORE, stored);
        float[] after = tokens(PAIR.vector(), size, Gemm.Epilogue.ADD, added);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isEqualTo(0.5f + before[i]);
        }
    }

    @Test
    void splitsKeysIntoTilesOfEightTokens() {
        Size size = new Size(20, 30, 40);
        int panel = PAIR.vector().panel();
        float[] stored = run(PAIR.vector(), size, 1, Gemm.Epilogue.STORE);
        float[] tiles = run(PAIR.vector(), size, 1, Gemm.Epilogue.SPLIT);
        for (int token = 0; token < size.tokens(); token++) {
            for (int row = 0; row < size.rows(); row++) {
                int at = (token / 8 * size.rows() + row) * 8 + token % 8;
                assertThat(tiles[at])
                        .isEqualTo(stored[PAIR.vector().rowAt(token / panel, size.rows(), row) + token % panel]);
            }
        }
    }

    @Test
    void givesTheSameWithMoreThreadsThanPanels() {
        Size size = new Size(385, 401, 35);
        float[] one = run(PAIR.vector(), size, 1, Gemm.Epilogue.STORE);
        assertThat(tokens(PAIR.vector(), size, Gemm.Epilogue.STORE, run(PAIR.vector(), size, 5, Gemm.Epilogue.STORE)))
                .containsExactly(tokens(PAIR.vector(), size, Gemm.Epilogue.STORE, one));
    }

    static Stream<Size> transformerSizes() {
        int[][] shapes = {{192, 192}, {768, 192}, {192, 768}, {384, 384}, {1000, 192}, {768, 768}};
        return Stream.of(shapes)
                .flatMap(shape ->
                        IntStream.of(1, 99, 149, 197).mapToObj(tokens -> new Size(shape[0], shape[1], tokens)));
    }

    private static void assertEqualsDefinition(Size size, int threads) {
        float[] weights = KernelPair.random(1, size.rows() * size.columns(), 1);
        float[] bias = KernelPair.random(2, size.rows(), 1);
        float[] tokens = KernelPair.random(3, size.tokens() * size.columns(), 1);
        float[] out = run(PAIR.vector(), size, threads, Gemm.Epilogue.STORE);
        int panel = PAIR.vector().panel();
        for (int token = 0; token < size.tokens(); token++) {
            for (int row = 0; row < size.rows(); row++) {
                float sum = bias[row];
                for (int k = 0; k < size.columns(); k++) {
                    sum = Math.fma(weights[row * size.columns() + k], tokens[token * size.columns() + k], sum);
                }
                float actual = out[PAIR.vector().rowAt(token / panel, size.rows(), row) + token % panel];
                if (Float.floatToRawIntBits(actual) != Float.floatToRawIntBits(sum)) {
                    assertThat(actual)
                            .as("%s, token %d, row %d", size, token, row)
                            .isEqualTo(sum);
                }
            }
        }
    }

    /** The values of the tokens, {@code [tokens][rows]}; lanes without one may hold anything. */
    private static float[] tokens(Kernels kernels, Size size, Gemm.Epilogue epilogue, float[] out) {
        int panel = kernels.panel();
        float[] values = new float[size.tokens() * size.rows()];
        for (int token = 0; token < size.tokens(); token++) {
            for (int row = 0; row < size.rows(); row++) {
                int at = epilogue == Gemm.Epilogue.SPLIT
                        ? (token / 8 * size.rows() + row) * 8 + token % 8
                        : kernels.rowAt(token / panel, size.rows(), row) + token % panel;
                values[token * size.rows() + row] = out[at];
            }
        }
        return values;
    }

    private static float[] run(Kernels kernels, Size size, int threads, Gemm.Epilogue epilogue) {
        int panel = kernels.panel();
        float[] tokens = KernelPair.random(3, size.tokens() * size.columns(), 1);
        int panels = Math.ceilDiv(size.tokens(), panel);
        float[] in = new float[kernels.panelFloats(panels, size.columns())];
        for (int token = 0; token < size.tokens(); token++) {
            for (int k = 0; k < size.columns(); k++) {
                in[kernels.rowAt(token / panel, size.columns(), k) + token % panel] =
                        tokens[token * size.columns() + k];
            }
        }
        float[] out = new float[kernels.panelFloats(panels, size.rows())];
        Arrays.fill(out, 0.5f);
        float[] weights = KernelPair.random(1, size.rows() * size.columns(), 1);
        WeightTiles tiles = WeightTiles.pack(weights, 0, size.rows(), size.columns());
        PanelLayout layout = new PanelLayout(kernels);
        layout.append(size.tokens());
        try (WorkerTeam team = new WorkerTeam(threads)) {
            new Gemm(kernels, team, new WeightPrefetcher())
                    .run(tiles, KernelPair.random(2, size.rows(), 1), in, out, layout, epilogue);
        }
        return out;
    }
}
