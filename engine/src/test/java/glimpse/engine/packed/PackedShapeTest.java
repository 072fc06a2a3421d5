package glimpse.engine.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PackedShapeTest {
    @Test
    void everyElementHasAPlaceOfItsOwnInItsPiece() {
        for (PackedShape shape : new PackedShape[] {
            new PackedShape(200, 401, 8, 192, 12),
            new PackedShape(96, 64, 32, 64, 1),
            new PackedShape(8, 1, 8, 384, 12),
            new PackedShape(0, 0, 8, 384, 12)
        }) {
            Set<Long> places = new HashSet<>();
            for (int row = 0; row < shape.rows(); row++) {
                for (int column = 0; column < shape.columns(); column++) {
                    int piece = shape.piece(row, column);
                    assertThat(piece).isBetween(0, shape.pieces() - 1);
                    assertThat(shape.at(row, column)).isBetween(0, shape.elements(piece) - 1);
                    places.add(((long) piece << 32) + shape.at(row, column));
                }
            }
            long elements = 0;
            for (int piece = 0; piece < shape.pieces(); piece++) {
                elements += shape.elements(piece);
            }
            assertThat(places).hasSize(shape.rows() * shape.columns());
            assertThat(elements).isEqualTo(places.size());
        }
    }

    @Test
    void columnsOfAStripFollowOneAnotherUntilTheirBlockEnds() {
        PackedShape shape = new PackedShape(200, 401, 8, 192, 12);
        assertThat(shape.at(0, 1) - shape.at(0, 0)).isEqualTo(8);
        assertThat(shape.at(8, 0)).isEqualTo(8 * 192);
        assertThat(shape.at(8, 384)).isEqualTo(8 * (401 - 384));
        assertThat(shape.piece(95, 191)).isEqualTo(shape.piece(0, 0));
        assertThat(shape.piece(96, 0)).isEqualTo(1);
        assertThat(shape.piece(0, 192)).isEqualTo(3);
    }
}
