package glimpse.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.table.LinkTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTablesTest {
    private static final OperatingPoint CHOSEN = OperatingPoint.parse("mean/top:9/raw/min-entropy:0.8");

    @Test
    void thePageShowsTheChosenPointWithAndWithoutItsGateAndFiles() {
        String html = LinkHtml.of(
                List.of(
                        row(CHOSEN.spec(), Links.lte()),
                        row("mean/top:9/raw/always", Links.lte()),
                        row("mean/top:9/raw/never", Links.lte()),
                        row("mean/top:8/raw/always", Links.lte()),
                        row("mean/top:9/jpeg:50/min-entropy:0.8", Links.lte()),
                        row("file/png/always", Links.lte())),
                CHOSEN);
        assertThat(html.split("<tr><td>", -1)).hasSize(1 + 3);
        assertThat(html)
                .contains(
                        "<td>lte</td><td>top:9, raw</td><td>min-entropy:0.8</td><td>1.0 / 2.0 / 3.0</td>"
                                + "<td>7.0 / 8.0 / 9.0</td>",
                        "<td>lte</td><td>top:9, raw</td><td>always</td>",
                        "<td>lte</td><td>file, png</td><td>always</td>");
    }

    @Test
    void thePageCitesTheSourcesOfItsPresets() {
        String html = LinkHtml.of(
                List.of(row(CHOSEN.spec(), Links.lte()), row(CHOSEN.spec(), Links.parse("link:9:9:9:0"))), CHOSEN);
        assertThat(html).contains("<p class=\"note\">lte: Rates of 6 and 13 Mbit/s");
        assertThat(html.split("class=\"note\"", -1)).hasSize(2);
    }

    @Test
    void withoutLinksThePageHasNoSection() {
        assertThat(LinkHtml.of(List.of(), CHOSEN)).isEmpty();
        assertThat(LinkHtml.of(List.of(row("mean/top:8/raw/always", Links.lte())), CHOSEN))
                .isEmpty();
    }

    @Test
    void theConsoleHasALinePerRow() {
        String text =
                LinkTable.of(List.of(row("mean/top:9/raw/always", Links.lte()), row("file/png/never", Links.nbIot())));
        assertThat(text.lines().skip(3))
                .containsExactly(
                        "upload          gate    link    latency per image, per offloaded image; radio per offloaded image",
                        "mean/top:9/raw  always  lte     1.0 / 2.0 / 3.0, 4.0 / 5.0 / 6.0; -",
                        "file/png        never   nb-iot  1.0 / 2.0 / 3.0, 4.0 / 5.0 / 6.0; -");
    }

    @Test
    void withoutRowsTheConsoleHasNothing() {
        assertThat(LinkTable.of(List.of())).isEmpty();
    }

    private static LinkRow row(String spec, Link link) {
        return new LinkRow(
                OperatingPoint.parse(spec),
                link,
                new Distribution(0, 1, 2, 3),
                new Distribution(0, 4, 5, 6),
                new Distribution(0, 7, 8, 9),
                new Distribution(Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    }
}
