package glimpse.evaluation.rows;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.Confidence;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ImageResultFormatTest {
    private static final ImageResultFormat FORMAT = new ImageResultFormat(
            List.of(
                    new Upload.Patches(
                            new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(0.97f)), PayloadCodec.raw()),
                    new Upload.Patches(
                            new SelectionPolicy(AttentionScore.rollout(), PatchSelection.top(3)),
                            PayloadCodec.deflate())),
            new ResultRanges(10, 16));

    private static final ServerResult RUN = new ServerResult(3, 0.1f, 0.75f, 1000, 49, List.of(7, 1, 2, 3, 4), 1.0 / 3);
    private static final ServerResult NO_PATCHES = new ServerResult(0, Float.NaN, 0, 16, 49, List.of(1, 0, 2, 3, 9), 0);

    private static final ImageResult EDGE_ALONE = new ImageResult.Evaluated(
            3, "x", 9, OptionalLong.of(5), List.of(3, 0, 1, 2, 4), new Confidence(0, 0, 1), List.of());

    @Test
    void theHeaderNamesTheUploads() {
        assertThat(FORMAT.header())
                .startsWith("index,file,label,failure,file_bytes,edge_top1,edge_top5,edge_min_entropy_bits,")
                .contains(",kept[mean/sum:0.97/raw],least_score[mean/sum:0.97/raw],")
                .endsWith(",server_top5[rollout/top:3/deflate],server_min_entropy_bits[rollout/top:3/deflate]\n");
    }

    @Test
    void rowsReadBackAsThemselves() {
        List<ImageResult> rows = List.of(
                new ImageResult.Failed(0, "a, \"b\"\n/c.png", 5, "truncated, after 3 bytes"),
                new ImageResult.Evaluated(
                        1,
                        "n01/x.jpg",
                        2,
                        OptionalLong.of(12345),
                        List.of(3, 2, 1, 0, 4),
                        new Confidence(0.1 + 0.2, Math.E, 1e-9),
                        List.of(RUN, NO_PATCHES)),
                new ImageResult.Evaluated(
                        2,
                        "00002",
                        9,
                        OptionalLong.empty(),
                        List.of(3, 0, 1, 2, 4),
                        new Confidence(0, 0, 1),
                        List.of(NO_PATCHES, RUN)),
                EDGE_ALONE);
        for (ImageResult row : rows) {
            assertThat(FORMAT.parse(FORMAT.line(row))).contains(row);
        }
    }

    @Test
    void theServersColumnsAreEmptyIfItWasNotAsked() {
        assertThat(FORMAT.line(EDGE_ALONE)).isEqualTo("3,x,9,,5,3,3 0 1 2 4,0.0,0.0,1.0" + ",".repeat(16) + "\n");
    }

    @Test
    void aRowWithoutSomeOfItsResultsIsNotParsed() {
        String line = FORMAT.line(EDGE_ALONE);
        assertThat(FORMAT.parse(line.replace(",\n", ",0.5\n"))).isEmpty();
    }

    @Test
    void aRoundHasItsMarginToo() {
        ImageResultFormat format = new ImageResultFormat(
                List.of(
                        Upload.parse("mean/rounds:top:3/raw"),
                        Upload.parse("mean/rounds:top:3,all/raw"),
                        Upload.parse("mean/top:3/raw")),
                new ResultRanges(10, 16));
        assertThat(format.header())
                .contains(",server_margin[mean/rounds:top:3/raw],\"kept[mean/rounds:top:3,all/raw]\",")
                .endsWith(",server_min_entropy_bits[mean/top:3/raw]\n");
        assertThat(ImageResultFormat.ofHeader(format.header(), new ResultRanges(10, 16))
                        .orElseThrow()
                        .uploads())
                .isEqualTo(format.uploads());
        ServerResult first = new ServerResult(3, 0.1f, 0.75f, 1000, 49, List.of(7, 1, 2, 3, 4), 1.0 / 3, 2.0 / 3);
        ServerResult nothingNew = new ServerResult(3, 0.1f, 0.75f, 0, 0, List.of(7, 1, 2, 3, 4), 1.0 / 3, 2.0 / 3);
        ImageResult row = new ImageResult.Evaluated(
                1,
                "x",
                2,
                OptionalLong.empty(),
                List.of(3, 2, 0, 1, 9),
                new Confidence(1, 2, 0.5),
                List.of(first, nothingNew, RUN));
        assertThat(format.parse(format.line(row))).contains(row);
        assertThat(format.parse(format.line(row).replace("0.6666666666666666", "1.5")))
                .isEmpty();
        assertThat(format.parse(format.line(row).replace(",0,0,7,", ",0,49,7,")))
                .isEmpty();
        assertThat(format.parse(format.line(row).replace(",1000,49,7,", ",0,0,7,")))
                .isEmpty(); // not one in rounds
    }

    @Test
    void aFailureIsOneLineAndNeverEmpty() {
        assertThat(new ImageResult.Failed(0, "a", 0, " two\n  lines ").reason()).isEqualTo("two lines");
        assertThat(new ImageResult.Failed(0, "a", 0, " ").reason()).isEqualTo("failed");
    }

    @Test
    void malformedRowsAreNotParsed() {
        ImageResult row = new ImageResult.Evaluated(
                1, "x", 2, OptionalLong.of(5), List.of(3, 2, 0, 1, 9), new Confidence(1, 2, 0.5), List.of(RUN, RUN));
        List<String> good = Csv.parse(FORMAT.line(row), 0).orElseThrow().fields();
        assertThat(FORMAT.parse(Csv.line(good))).contains(row);
        assertThat(FORMAT.parse(Csv.line(good.subList(0, good.size() - 1)))).isEmpty();
        for (int field = 0; field < good.size(); field++) {
            List<String> bad = new ArrayList<>(good);
            bad.set(field, field == 1 ? "" : "0x");
            boolean text = field == 1 || field == 3; // a name, a failure: any text is one
            assertThat(FORMAT.parse(Csv.line(bad)).filter(row::equals)).isEmpty();
            assertThat(text || FORMAT.parse(Csv.line(bad)).isEmpty()).isTrue();
        }
    }
}
