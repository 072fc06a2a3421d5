package glimpse.engine.gemm;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.packed.PackedFloats;
import glimpse.engine.packed.PackedWeights;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final int COLUMNS = L1Cache.KC + 1; // two blocks

    @Test
    void walksOverAllPiecesInTheirOrderAndStopsBehindTheLast() {
        PackedWeights weights =
                WeightTiles.pack(new float[200 * COLUMNS], 0, 200, COLUMNS).packed();
        ReadAhead ahead = new ReadAhead();
        ahead.begin(weights, 0, 0);
        for (int piece = 0; piece < weights.shape().pieces(); piece++) {
            for (int at = 0; at < weights.shape().elements(piece); at += 8) {
                assertThat(ahead.has(8)).isTrue();
                assertThat(ahead.floats()).isSameAs(((PackedFloats) weights).piece(piece));
                assertThat(ahead.at()).isEqualTo(PackedFloats.BEGIN + at);
                ahead.advance(0, 8);
            }
        }
        assertThat(ahead.has(1)).isFalse();
        ahead.advance(0, 8);
        assertThat(ahead.has(1)).isFalse();
    }

    @Test
    void beginsWhereItIsTold() {
        PackedWeights weights =
                WeightTiles.pack(new float[200 * COLUMNS], 0, 200, COLUMNS).packed();
        ReadAhead ahead = new ReadAhead();
        ahead.begin(weights, 16, L1Cache.KC);
        assertThat(ahead.has(1)).isTrue();
        assertThat(ahead.floats())
                .isSameAs(((PackedFloats) weights).piece(weights.shape().piece(16, L1Cache.KC)));
        assertThat(ahead.at()).isEqualTo(PackedFloats.BEGIN + 16); // one step of two tiles
    }

    @Test
    void leavesWeightsOfAnotherTypeToItself() {
        StoredMatrix matrix = StoredMatrix.random(StoredMatrix.Type.I8, 1, 16, 20);
        ReadAhead ahead = new ReadAhead();
        ahead.begin(WeightTiles.pack(matrix.stored(), 0, 16, 20, 1).packed(), 0, 0);
        assertThat(ahead.has(1)).isFalse();
        ahead.advance(0, 16 * 20);
        ahead.begin(WeightTiles.EMPTY.packed(), 0, 0);
        assertThat(ahead.has(1)).isFalse();
        ahead.advance(0, 16);
    }
}
