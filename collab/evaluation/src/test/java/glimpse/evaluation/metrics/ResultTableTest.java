package glimpse.evaluation.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.plan.OperatingPoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultTableTest {
    private static final OperatingPoint POINT = OperatingPoint.parse("mean/top:3/raw/always");
    private static final OperatingPoint OTHER = OperatingPoint.parse("mean/top:3/raw/never");

    @Test
    void aRowIsFoundByItsPoint() {
        TableRow row = Rows.row(POINT, 0.5, 0.7);
        ResultTable table = Rows.table(0.8, Rows.row(OTHER, 0.2, 0.6), row);
        assertThat(table.row(POINT)).contains(row);
        assertThat(table.row(OperatingPoint.parse("mean/top:4/raw/always"))).isEmpty();
    }

    @Test
    void theBaselineIsNaNWhereTheServerDidNotRun() {
        assertThat(Rows.table(0.8).serverBaselineTop1()).isEqualTo(0.8);
        assertThat(new ResultTable(1, 0, new Accuracy(1, 1), Optional.empty(), List.of()).serverBaselineTop1())
                .isNaN();
    }
}
