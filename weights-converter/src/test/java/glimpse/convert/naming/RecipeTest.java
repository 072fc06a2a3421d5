package glimpse.convert.naming;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.convert.source.SourceTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static final Map<String, SourceTensor> TENSORS = Map.of(
            "convolution", new SourceTensor("convolution", "F32", List.of(4L, 3L, 2L, 2L)),
            "positions", new SourceTensor("positions", "F32", List.of(1L, 5L, 3L)),
            "token", new SourceTensor("token", "F32", List.of(1L, 1L, 3L)),
            "bias", new SourceTensor("bias", "F32", List.of(4L)),
            "gamma", new SourceTensor("gamma", "F32", List.of(1L, 4L)));

    private static final Recipe TOKENS = new Recipe.Stack(List.of(
            new Recipe.Sum(Recipe.table("token"), Recipe.rows("positions", 0, 1)), Recipe.rows("positions", 3, -1)));
    private static final Recipe SCALED = new Recipe.ScaledRows(Recipe.matrix("convolution"), Recipe.vector("gamma"));

    @Test
    void formsGiveOneOrTwoDimensions() {
        assertThat(Recipe.matrix("convolution").shape(TENSORS)).containsExactly(4L, 12L);
        assertThat(Recipe.table("positions").shape(TENSORS)).containsExactly(5L, 3L);
        assertThat(Recipe.rows("positions", 1, -1).shape(TENSORS)).containsExactly(4L, 3L);
        assertThat(Recipe.vector("gamma").shape(TENSORS)).containsExactly(4L);
        assertThat(TOKENS.shape(TENSORS)).containsExactly(3L, 3L);
        assertThat(SCALED.shape(TENSORS)).containsExactly(4L, 12L);
    }

    @Test
    void partsThatDoNotFitHaveNoShape() {
        Recipe stack = new Recipe.Stack(List.of(Recipe.table("token"), Recipe.matrix("convolution")));
        Recipe sum = new Recipe.Sum(Recipe.table("token"), Recipe.table("positions"));
        Recipe scaled = new Recipe.ScaledRows(Recipe.table("positions"), Recipe.vector("gamma"));
        assertThat(stack.shape(TENSORS)).isEmpty();
        assertThat(sum.shape(TENSORS)).isEmpty();
        assertThat(scaled.shape(TENSORS)).isEmpty();
    }

    @Test
    void rowsAreStackedAfterPositionsAreAdded() throws Exception {
        assertThat(range(TOKENS, 0, 9)).containsExactly(0 + 0, 1 + 1, 2 + 2, 9, 10, 11, 12, 13, 14);
    }

    @Test
    void eachRowIsScaledByItsOwnFactor() throws Exception {
        float[] scaled = range(SCALED, 0, 48);
        for (int i = 0; i < 48; i++) {
            assertThat(scaled[i]).isEqualTo(i * (i / 12));
        }
    }

    @Test
    void anyRangeEqualsThatPartOfTheWhole() throws Exception {
        Recipe biases = new Recipe.Stack(List.of(Recipe.vector("bias"), new Recipe.Zeros(4), Recipe.vector("gamma")));
        for (Recipe recipe : List.of(TOKENS, SCALED, biases)) {
            int length = (int) Recipe.elements(recipe.shape(TENSORS));
            float[] whole = range(recipe, 0, length);
            for (int first = 0; first < length; first++) {
                for (int count = 1; first + count <= length; count++) {
                    assertThat(range(recipe, first, count))
                            .isEqualTo(java.util.Arrays.copyOfRange(whole, first, first + count));
                }
            }
        }
    }

    @Test
    void blockNumberGoesIntoEveryName() {
        Recipe block = new Recipe.Stack(List.of(
                        Recipe.vector("blocks.{n}.q"),
                        new Recipe.ScaledRows(Recipe.vector("blocks.{n}.k"), Recipe.vector("g.{n}"))))
                .ofBlock(12);
        java.util.List<String> names = new java.util.ArrayList<>();
        block.names(names::add);
        assertThat(names).containsExactly("blocks.12.q", "blocks.12.k", "g.12");
    }

    /** Every tensor holds its own indices. */
    private static float[] range(Recipe recipe, int first, int count) throws Exception {
        float[] padded = new float[count + 2];
        Recipe.Reader indices = (name, from, destination, offset, length) -> {
            for (int i = 0; i < length; i++) {
                destination[offset + i] = from + i;
            }
        };
        recipe.read(indices, TENSORS, first, padded, 1, count);
        assertThat(padded[0]).isZero();
        assertThat(padded[count + 1]).isZero();
        return java.util.Arrays.copyOfRange(padded, 1, count + 1);
    }
}
