package glimpse.engine.gemm;

import static glimpse.engine.kernel.Kernels.ALIGNMENT_OFFSET;
import static glimpse.engine.kernel.Kernels.TILE;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.kernel.KernelPair;
import glimpse.engine.kernel.Kernels;
import org.junit.jupiter.api.Test;

/** Tiles by a panel equal, bit for bit, the two loops that define them, however many tokens the panel has. */
class TileProductTest {
    private static final KernelPair PAIR = KernelPair.create();

    @Test
    void equalsTheDefinitionForAllTokensAndRows() {
        assertEqualsDefinition(PAIR.vector());
    }

    @Test
    void equalsTheDefinitionWithScalarCode() {
        assertEqualsDefinition(PAIR.scalar());
    }

    private static void assertEqualsDefinition(Kernels kernels) {
        int panel = kernels.panel();
        TileProduct product = new TileProduct(kernels);
        for (int tokens = 1; tokens <= panel; tokens++) {
            for (int rows = 1; rows <= 70; rows += 3) {
                int k = 1 + (rows * 7 + tokens) % 40;
                int stride = k * TILE + 16;
                int count = Math.ceilDiv(rows, TILE);
                float[] tiles = KernelPair.random(rows, count * stride + TILE, 1);
                float[] in = KernelPair.random(tokens, k * panel, 1);
                float[] out = KernelPair.random(3, kernels.panelFloats(1, count * TILE), 1);
                product.run(rows, k, tiles, 0, stride, in, 0, tokens, out);
                for (int row = 0; row < rows; row++) {
                    for (int token = 0; token < tokens; token++) {
                        float sum = 0;
                        for (int p = 0; p < k; p++) {
                            float tile = tiles[row / TILE * stride + p * TILE + row % TILE];
                            sum = Math.fma(tile, in[p * panel + token], sum);
                        }
                        assertThat(out[ALIGNMENT_OFFSET + row * panel + token])
                                .as("%d tokens, %d rows, k %d: row %d, token %d", tokens, rows, k, row, token)
                                .isEqualTo(sum);
                    }
                }
            }
        }
    }
}
