package glimpse.evaluation.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperatingPointTest {
    private static final String PATCHES = "mean/sum:0.97/raw/min-entropy:0.8";

    @ParameterizedTest
    @ValueSource(
            strings = {
                PATCHES,
                "mean/sum-crossing:0.5/deflate/shannon:1.25",
                "rollout/top:40/jpeg:85/margin:0.3",
                "rollout-heads-first:2-5/threshold:0.001/raw/always",
                "mean/random:40:7/raw/never",
                "mean/random-matched:sum:0.7/jpeg:1/always",
                "mean/all/raw/always",
                "mean/rounds:top:10,top:30+diverse:0.6,all/raw/min-entropy:0.8/min-entropy:0.3",
                "mean/rounds:sum:0.5,all/jpeg:85/always/margin:0.5+margin:0.9",
                "file/png/always",
                "file/jpeg:100/min-entropy:64.0",
                "file/scans:50/always/min-entropy:0.3",
                "file/scans:50:4/always/margin:0.5"
            })
    void aSpecReadsBackAsThePointThatWroteIt(String spec) {
        OperatingPoint point = OperatingPoint.parse(spec);
        assertThat(point.spec()).isEqualTo(spec);
        assertThat(OperatingPoint.parse(point.spec())).isEqualTo(point);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PATCHES,
                "rollout/random-matched:top:40/jpeg:85/margin:0.3",
                "mean/all/deflate/never",
                "file/png/always",
                "file/jpeg:100/always"
            })
    void fieldsReadBackAsThePointThatWroteThem(String spec) {
        OperatingPoint point = OperatingPoint.parse(spec);
        assertThat(point.fields()).containsOnlyKeys(OperatingPoint.FIELDS);
        assertThat(OperatingPoint.of(name -> point.fields().getOrDefault(name, "")))
                .isEqualTo(point);
    }

    @Test
    void aPointInRoundsHasAFurtherField() {
        OperatingPoint point = OperatingPoint.parse("mean/rounds:top:10,all/raw/min-entropy:0.8/min-entropy:0.3");
        assertThat(point.fields())
                .containsEntry("selection", "rounds:top:10,all")
                .containsEntry("gate", "min-entropy:0.8")
                .containsEntry("until", "min-entropy:0.3");
        assertThat(OperatingPoint.of(name -> point.fields().getOrDefault(name, "")))
                .isEqualTo(point);
        assertThat(point.when()).isEqualTo("min-entropy:0.8 until min-entropy:0.3");
        assertThat(point.with(OffloadGate.always()).spec())
                .isEqualTo("mean/rounds:top:10,all/raw/always/min-entropy:0.3");
        assertThat(point.randomMatched().orElseThrow().spec())
                .isEqualTo("mean/rounds:random-matched:top:10,random-matched:all/raw/min-entropy:0.8/min-entropy:0.3");
    }

    @Test
    void roundsHaveARuleAndNothingElseHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatingPoint.parse("mean/rounds:top:1,all/raw/always"))
                .withMessage("mean/rounds:top:1,all/raw has no rule that ends its rounds, expected one");
        StopRule rule = StopRule.parseOne("margin:0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OperatingPoint(Upload.WHOLE, OffloadGate.always(), Optional.of(rule)))
                .withMessage("mean/all/raw has no rounds to end, expected no rule");
    }

    @Test
    void everyFieldHasItsText() {
        assertThat(OperatingPoint.parse(PATCHES).fields())
                .containsEntry("score", "mean")
                .containsEntry("selection", "sum:0.97")
                .containsEntry("codec", "raw")
                .containsEntry("gate", "min-entropy:0.8");
        assertThat(OperatingPoint.parse("file/jpeg:85/always").fields())
                .containsEntry("score", "none")
                .containsEntry("selection", "file")
                .containsEntry("codec", "jpeg:85")
                .containsEntry("gate", "always");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mean | 'mean' is invalid, expected an upload and a gate, such as mean/sum:0.97/raw/always",
                "mean/raw/always | 'mean/raw' is invalid, expected SCORE/SELECTION/CODEC or file/FORMAT",
                "mean/all/raw/x/always | 'mean/all/raw/x' is invalid, expected SCORE/SELECTION/CODEC or file/FORMAT",
                "files/png/always | 'files/png' is invalid, expected SCORE/SELECTION/CODEC or file/FORMAT",
                "mean/all/raw/min-entropy:1,2 | 'min-entropy:1,2' is invalid, expected a single gate",
                "file/gif/always | 'gif' is invalid, expected " + FileFormat.SYNTAX,
                "mean/all/zip/always | 'zip' is invalid, expected raw, deflate, jpeg:QUALITY (1..100) or"
                        + " glimpse:QUALITY (1..99)"
            })
    void anInvalidSpecIsRefusedWithWhatWasExpected(String spec, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatingPoint.parse(spec))
                .withMessage(message);
    }

    @Test
    void theRandomMatchedCounterpartDiffersInTheSelectionAlone() {
        assertThat(OperatingPoint.parse("rollout/top:40/jpeg:85/margin:0.3").randomMatched())
                .contains(OperatingPoint.parse("rollout/random-matched:top:40/jpeg:85/margin:0.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mean/random:40:7/raw/always", "mean/random-matched:top:4/raw/always", "file/png/always"})
    void whatAttentionDoesNotSelectHasNoRandomMatchedCounterpart(String spec) {
        assertThat(OperatingPoint.parse(spec).randomMatched()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "mean/sum:0.97/raw, false",
        "mean/all/raw, false",
        "mean/random:40:7/raw, true",
        "mean/random-matched:top:4/raw, true",
        "'mean/rounds:top:4,all/raw', false",
        "'mean/rounds:random-matched:top:4,all/raw', true",
        "file/png, true"
    })
    void uploadsThatIgnoreAttentionAreComparisons(String upload, boolean comparison) {
        assertThat(Upload.parse(upload).isComparison()).isEqualTo(comparison);
    }

    @ParameterizedTest
    @CsvSource({
        "mean/sum:0.97/raw, true",
        "rollout/threshold:0.01/raw, true",
        "mean/all/raw, true",
        "mean/top:40/jpeg:85, false",
        "mean/top:40+diverse:0.6/raw, false",
        "mean/random:40:7/raw, false",
        "'mean/rounds:top:4,all/raw', false",
        "file/png, false"
    })
    void scoresAloneInOneUncompressedMessageAreThePapersMethod(String upload, boolean paper) {
        assertThat(Upload.parse(upload).isPaperMethod()).isEqualTo(paper);
    }
}
