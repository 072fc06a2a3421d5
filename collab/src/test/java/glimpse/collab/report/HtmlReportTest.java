package glimpse.collab.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
    private static final String ROW = """
            {"images": 500, "edge_top1": 0.706, "server_whole_top1": SERVER, "score": "SCORE", "selection": "sum:0.97",
             "gate": "min-entropy:0.8", "mean_kept": 137.865, "cost": COST, "collaborative_top1": ACCURACY,
             "up_bytes_per_image": 55078.5}""";

    @TempDir
    Path folder;

    @Test
    void theSentenceHasTheTablesNumbers() throws Exception {
        String html = html(row("mean", "0.36576", "0.8083", "0.81"), row("mean", "0.8", "0.8", "0.81"));
        assertThat(text(document(html), "p"))
                .isEqualTo(
                        "Edge and server together are right on 80.83 % of 500 images, 0.17 points below the server alone"
                                + " (81.00 %) and 10.23 points above the edge alone (70.60 %), with 36.58 % of the"
                                + " communication of sending every image whole: 63.42 % are saved.");
        Element chosen = (Element) document(html).getElementsByTagName("tr").item(1);
        assertThat(chosen.getAttribute("class")).isEqualTo("chosen");
        assertThat(chosen.getTextContent()).contains("80.83 %", "36.58 %", "137.87", "55,079");
    }

    @Test
    void withoutTheServerOnWholeImagesTheSentenceSaysSo() throws Exception {
        assertThat(text(document(html(row("mean", "0.5", "0.7", "null"))), "p"))
                .contains("70.00 % of 500 images, (the server alone on whole images wasn't run)");
    }

    @Test
    void everyPointIsInTheChartAndInTheTable() throws Exception {
        Document page = document(html(row("mean", "0.1", "0.7", "0.8"), row("rollout", "0.2", "0.75", "0.8")));
        NodeList titles = page.getElementsByTagName("title");
        assertThat(titles.getLength()).isEqualTo(2 + 2); // the page's and the chart's own
        assertThat(titles.item(3).getTextContent())
                .isEqualTo("rollout / sum:0.97, min-entropy:0.8: 75.00 %, communication 20.00 %");
        assertThat(page.getElementsByTagName("tr").getLength()).isEqualTo(1 + 2);
    }

    @Test
    void thePageRefersToNothingOutside() throws Exception {
        assertThat(html(row("mean", "0.1", "0.7", "0.8")))
                .doesNotContain("http:", "https:", "//", "src=", "href=", "url(", "@import", "<script");
    }

    @Test
    void theShortestFilesThatAreAsAccurateAreNamed() throws Exception {
        String page = html(
                row("mean", "0.3", "0.81", "0.81"),
                file("jpeg:50", "0.80", "20000.5"),
                file("jpeg:80", "0.82", "40000.4"),
                file("png", "0.83", "90000"));
        assertThat(page)
                .contains(
                        "The operating point takes 55,079 bytes an image; the shortest files of those tried that are as"
                                + " accurate, jpeg:80, take 40,000.");
        assertThat(page).contains("whole image, jpeg");
    }

    private static String file(String codec, String accuracy, String bytes) {
        return row("none", "1", accuracy, "0.81")
                .replace("sum:0.97\",", "file\", \"codec\": \"" + codec + "\",")
                .replace("55078.5", bytes);
    }

    @Test
    void namesAreEscaped() throws Exception {
        String html = html(row("<b>&'x", "0.1", "0.7", "0.8"));
        assertThat(html).doesNotContain("<b>").contains("&lt;b&gt;&amp;&#39;x");
        assertThat(text(document(html), "td")).isEqualTo("<b>&'x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "[1]", "[{\"images\": \"many\"}]", "[{\"images\": 5}]"})
    void aTableThatIsNoneIsRefusedByName(String json) throws IOException {
        Path table = Files.writeString(folder.resolve("table.json"), json);
        assertThatThrownBy(() -> HtmlReport.of(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(table + ": ");
    }

    private static String row(String score, String cost, String accuracy, String server) {
        return ROW.replace("SERVER", server)
                .replace("SCORE", score)
                .replace("COST", cost)
                .replace("ACCURACY", accuracy);
    }

    private String html(String... rows) throws IOException {
        Files.writeString(folder.resolve("table.json"), "[" + String.join(",", rows) + "]");
        return HtmlReport.of(folder);
    }

    private static Document document(String html) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Document page, String element) {
        return page.getElementsByTagName(element).item(0).getTextContent();
    }
}
