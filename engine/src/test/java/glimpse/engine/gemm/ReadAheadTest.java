package glimpse.engine.gemm;

import static glimpse.engine.kernel.Kernels.LINE_FLOATS;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.kernel.KernelProvider;
import glimpse.engine.kernel.Kernels;
import glimpse.engine.packed.PackedFloats;
import glimpse.engine.packed.PackedWeights;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final int KC = L1Cache.KC;
    private static final int COLUMNS = KC + 1; // two blocks
    private static final float[] OTHER = new float[1];

    private final Kernels kernels = KernelProvider.kernels();
    private final ReadAhead ahead = new ReadAhead(kernels);

    private static PackedWeights matrix(int rows) {
        return WeightTiles.pack(new float[rows * COLUMNS], 0, rows, COLUMNS).packed();
    }

    /** Returns the lines, by piece, that calls of the kernel touch. */
    private List<BitSet> lines(PackedFloats weights, int calls, int steps) {
        List<float[]> pieces = IntStream.range(0, weights.shape().pieces())
                .mapToObj(weights::piece)
                .toList();
        List<BitSet> lines = Stream.generate(BitSet::new).limit(pieces.size()).toList();
        for (int call = 0; call < calls; call++) {
            ahead.next(steps, OTHER, 0);
            int piece = pieces.indexOf(ahead.floats());
            if (piece >= 0) {
                mark(lines.get(piece), steps);
            }
        }
        return lines;
    }

    private void mark(BitSet lines, int steps) {
        int count = ahead.pace() * Math.ceilDiv(steps, Kernels.STREAM_STEPS);
        for (int stream = 0; stream < kernels.streams(); stream++) {
            int from = ahead.at() - PackedFloats.BEGIN + stream * ahead.spacing();
            assertThat(from).isNotNegative();
            lines.set(from / LINE_FLOATS, (from + count - 1) / LINE_FLOATS + 1);
        }
    }

    @Test
    void readsABlockInTheCallsThatItIsGiven() {
        PackedFloats weights = (PackedFloats) matrix(192);
        int block = 192 * KC;
        int calls = 6 * 192 / Kernels.TILE;
        ahead.begin(weights, 0, 0, 192, calls, KC);
        List<BitSet> lines = lines(weights, calls, KC);
        int read = 0;
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i).length())
                    .isLessThanOrEqualTo(weights.shape().elements(i) / LINE_FLOATS);
            read += lines.get(i).cardinality();
        }
        assertThat(read).isBetween(block / LINE_FLOATS * 9 / 10, block / LINE_FLOATS);
    }

    @Test
    void readsNothingOnceTheBlockIsDone() {
        PackedFloats weights = (PackedFloats) matrix(192);
        ahead.begin(weights, 0, 0, 64, 100, KC);
        lines(weights, 200, KC);
        ahead.next(KC, OTHER, 0);
        assertThat(ahead.floats()).isSameAs(OTHER);
        assertThat(ahead.at()).isZero();
        assertThat(ahead.spacing()).isZero();
        assertThat(ahead.pace()).isZero();
    }

    @Test
    void readsMoreThanALinePerStreamInNoGroupOfSteps() {
        ahead.begin(matrix(192), 0, 0, 192, 1, KC);
        ahead.next(Kernels.STREAM_STEPS, OTHER, 0);
        assertThat(ahead.pace() * kernels.streams()).isLessThanOrEqualTo(4 * LINE_FLOATS);
    }

    @Test
    void beginsWhereItIsTold() {
        PackedFloats weights = (PackedFloats) matrix(200);
        ahead.begin(weights, 16, KC, 184, 1, 1);
        ahead.next(1, OTHER, 0);
        assertThat(ahead.floats()).isSameAs(weights.piece(weights.shape().piece(16, KC)));
        assertThat(ahead.at()).isEqualTo(PackedFloats.BEGIN + 16); // one step of two tiles
    }

    @Test
    void aBlockWithoutAnElementIsNotRead() {
        ahead.begin(matrix(192), 192, 0, 192, 1, KC);
        ahead.next(KC, OTHER, 0);
        assertThat(ahead.floats()).isSameAs(OTHER);
        ahead.begin(WeightTiles.EMPTY.packed(), 0, 0, 192, 1, KC);
        ahead.next(KC, OTHER, 0);
        assertThat(ahead.floats()).isSameAs(OTHER);
    }

    @Test
    void leavesWeightsOfAnotherTypeToItself() {
        StoredMatrix matrix = StoredMatrix.random(StoredMatrix.Type.I8, 1, 16, 20);
        ahead.begin(WeightTiles.pack(matrix.stored(), 0, 16, 20, 1).packed(), 0, 0, 16, 1, 20);
        ahead.next(20, OTHER, 0);
        assertThat(ahead.floats()).isSameAs(OTHER);
    }
}
