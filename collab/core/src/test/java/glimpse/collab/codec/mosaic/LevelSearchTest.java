package glimpse.collab.codec.mosaic;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.codec.entropy.Model;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LevelSearchTest {
    private static final int SIDE = 8;

    private final LevelSearch search = new LevelSearch();
    private final float[] ratios = new float[Block.SIZE];
    private final int[] levels = new int[Block.SIZE];

    @Test
    void aBlockOfZerosHasNoLevels() {
        Arrays.fill(levels, 5);
        search();
        assertThat(search.last()).isEqualTo(-1);
        assertThat(levels).containsOnly(0);
    }

    @Test
    void largeCoefficientsBecomeTheNearestLevels() {
        ratios[0] = -7.1f;
        ratios[1] = 4.9f;
        ratios[Block.STRIDE + 1] = 3.0f;
        search();
        assertThat(levels[0]).isEqualTo(-7);
        assertThat(levels[1]).isEqualTo(5);
        assertThat(levels[Block.STRIDE + 1]).isEqualTo(3);
        assertThat(search.last()).isEqualTo(2);
    }

    @Test
    void aLoneSmallCoefficientOfAHighFrequencyIsLeftOut() {
        ratios[0] = 6;
        ratios[6 * Block.STRIDE + 6] = 0.9f;
        float cost = search();
        assertThat(search.last()).isZero();
        assertThat(levels[6 * Block.STRIDE + 6]).isZero();
        ratios[6 * Block.STRIDE + 6] = 3;
        assertThat(search()).isGreaterThan(cost);
        assertThat(search.last()).isEqualTo(12);
    }

    private float search() {
        BlockSyntax syntax = new BlockSyntax(new Model(StandardPriors.PRIORS));
        syntax.begin(4);
        syntax.begin(BlockType.LUMA_8, SIDE, 2, 0, Block.NO_LEVELS);
        float[] inverses = new float[Block.SIZE];
        Arrays.fill(inverses, 1);
        return search.search(syntax, ratios, inverses, SIDE, levels);
    }
}
