package glimpse.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.evaluation.front.FrontFiles;
import glimpse.evaluation.front.Fronts;
import glimpse.evaluation.gallery.GalleryFile;
import glimpse.evaluation.gallery.GalleryItem;
import glimpse.evaluation.gallery.Outcome;
import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.BudgetChoice;
import glimpse.evaluation.metrics.Choice;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.PaperChoice;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.Rows;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.table.TableFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class HtmlReportTest {
    private static final String PICTURE = "data:image/png;base64,AAAA";

    @TempDir
    Path folder;

    @Test
    void theSentenceHasTheTablesNumbers() throws Exception {
        String html = html(row("mean", 0.36576, 0.8083), row("rollout", 0.8, 0.8));
        assertThat(text(document(html), "p"))
                .isEqualTo(
                        "Edge and server together classify 80.83 % of 500 images correctly, 0.17 percentage points below the server"
                                + " alone (81.00 %) and 10.23 percentage points above the edge alone (70.60 %), at 36.58 % of the"
                                + " communication of sending all images whole, a saving of 63.42 %.");
        Element chosen = (Element) document(html).getElementsByTagName("tr").item(1);
        assertThat(chosen.getAttribute("class")).isEqualTo("chosen");
        assertThat(chosen.getTextContent()).contains("80.83 %", "36.58 %", "137.87", "55,079");
    }

    @Test
    void aFrontIsAPageOfItsOwnOrASection() throws Exception {
        Files.writeString(folder.resolve("front.json"), FrontFiles.json(Fronts.two()));
        Document alone = document(HtmlReport.of(folder));
        assertThat(alone.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo("By the paper's cost");
        assertThat(alone.getElementsByTagName("h2").item(1).getTextContent()).isEqualTo("By true bytes");
        Document beside = document(html(row("mean", 0.36576, 0.8083)));
        assertThat(beside.getElementsByTagName("h2").item(0).getTextContent())
                .isEqualTo("Every method at every budget");
    }

    @Test
    void withoutAServerBaselineTheSentenceLeavesItOut() throws Exception {
        assertThat(text(
                        document(html(new ResultTable(
                                500, 0, new Accuracy(0.706, 0.9), Optional.empty(), List.of(row("mean", 0.5, 0.7))))),
                        "p"))
                .startsWith("Edge and server together classify 70.00 % of 500 images correctly, 0.60 percentage points"
                        + " below the edge alone (70.60 %), at 50.00 %");
    }

    @Test
    void everyPointIsInTheChartAndInTheTable() throws Exception {
        Document page = document(html(row("mean", 0.1, 0.7), row("rollout", 0.2, 0.75)));
        NodeList titles = page.getElementsByTagName("title");
        assertThat(titles.getLength()).isEqualTo(2 + 2); // the page's and the chart's own
        assertThat(titles.item(3).getTextContent())
                .isEqualTo("rollout / sum:0.97, min-entropy:0.8: 75.00 %, communication 20.00 %");
        assertThat(page.getElementsByTagName("tr").getLength()).isEqualTo(1 + 2);
    }

    @Test
    void thePageRefersToNothingOutside() throws Exception {
        assertThat(html(row("mean", 0.1, 0.7)))
                .doesNotContain("http:", "https:", "//", "src=", "href=", "url(", "@import", "<script");
    }

    @Test
    void theShortestFilesThatAreAsAccurateAreNamed() throws Exception {
        String page = html(
                row("mean", 0.3, 0.81),
                file("jpeg:50", 0.80, 20000.5),
                file("jpeg:80", 0.82, 40000.4),
                file("png", 0.83, 90000));
        assertThat(page)
                .contains(
                        "The operating point takes 55,079 bytes per image; the smallest image files that are at least as"
                                + " accurate, jpeg:80, take 40,000.");
        assertThat(page).contains("whole image, jpeg");
    }

    @Test
    void theSmallestFilesAreThoseWithTheFewestBytes() throws Exception {
        assertThat(html(row("mean", 0.3, 0.81), file("png", 0.83, 90000), file("jpeg:80", 0.81, 40000)))
                .contains("at least as accurate, jpeg:80, take 40,000.");
    }

    @Test
    void whereNoFileIsAsAccurateThePageSaysSo() throws Exception {
        assertThat(html(row("mean", 0.3, 0.81), file("jpeg:50", 0.80, 20000)))
                .contains("The operating point takes 55,079 bytes per image; no image file format that was tried is as"
                        + " accurate.");
    }

    @Test
    void otherCodecsHaveAChartOfBytesWithoutAComparisonWithFiles() throws Exception {
        assertThat(html(row("mean", 0.3, 0.81), Rows.row(Rows.point("mean", "all", "jpeg:50", "always"), 0.5, 0.8)))
                .contains("<h2>Bytes</h2>")
                .doesNotContain("bytes per image;");
    }

    @Test
    void uncompressedPatchesAloneHaveNoChartOfBytes() throws Exception {
        assertThat(html(row("mean", 0.3, 0.81))).doesNotContain("<h2>Bytes</h2>");
    }

    @Test
    void withoutAnEarlierChoiceThePointIsChosenOnTheTable() throws Exception {
        assertThat(html(row("mean", 0.9, 0.811), row("rollout", 0.3, 0.809)))
                .contains(
                        "The operating point is rollout / sum:0.97, min-entropy:0.8. It was chosen on these same images, so"
                                + " its figures are slightly optimistic: the cheapest point within 0.3 percentage points");
    }

    @Test
    void anEarlierChoiceStandsWithTheFiguresOfItsOwnImages() throws Exception {
        choose("mean", Map.of("images", 500.0, "collaborative_top1", 0.8, "server_whole_top1", 0.9, "cost", 0.25));
        assertThat(html(row("mean", 0.9, 0.811), row("rollout", 0.3, 0.809)))
                .contains(
                        "The operating point is mean / sum:0.97, min-entropy:0.8. It was chosen on other images, where it"
                                + " classifies 80.00 % correctly and the server alone 90.00 %, at 25.00 % of the communication.");
    }

    @Test
    void aChoiceOnTheTablesOwnImagesIsCalledOptimistic() throws Exception {
        Map<String, Double> here = Map.of("images", 500.0, "collaborative_top1", 0.811, "server_whole_top1", 0.81);
        choose("mean", here);
        assertThat(html(row("mean", 0.9, 0.811)))
                .contains("It was chosen on other images, these same images, so its figures are slightly optimistic.");
        for (String figure : here.keySet()) {
            Map<String, Double> elsewhere = new HashMap<>(here);
            elsewhere.put(figure, 0.7);
            choose("mean", elsewhere);
            assertThat(html(row("mean", 0.9, 0.811))).as(figure).contains("on other images, where it classifies");
        }
    }

    @Test
    void aChoiceThatTheTableDoesNotHaveIsIgnored() throws Exception {
        choose("rollout", Map.of());
        assertThat(html(row("mean", 0.9, 0.811)))
                .contains(
                        "The operating point is mean / sum:0.97, min-entropy:0.8. It was chosen on these same images");
    }

    @Test
    void thePapersMethodStandsBesideTheChoiceAndWithinEachBudget() throws Exception {
        TableRow best = Rows.row(Rows.point("mean", "top:9+diverse:0.6", "raw", "always"), 0.2, 0.8);
        TableRow paper = Rows.row(Rows.point("mean", "top:9", "raw", "always"), 0.19, 0.78);
        Choice paperThere = new Choice(paper.point(), 0.9, 0.1);
        new ChosenPoint(
                        best.point(),
                        "other images",
                        Map.of(),
                        Optional.of(new PaperChoice(paperThere, paperThere)),
                        List.of(new BudgetChoice(0.2, new Choice(best.point(), 0.9, 0.1), Optional.of(paperThere))))
                .write(folder.resolve(ChosenPoint.FILE));
        String page = html(best, paper);
        assertThat(page)
                .contains(
                        "<p class=\"lead\">The paper&#39;s method, patches by attention alone in one message, classifies"
                                + " 78.00 % correctly at 19.00 % of the communication at its own best point")
                .contains("<h2>Within a budget</h2>\n<p>What was chosen on other images")
                .contains("<tr><td>20.00 %</td><td>mean / top:9+diverse:0.6, always</td><td>mean / top:9, always</td>"
                        + "<td>20.00 %</td><td>80.00 %</td><td>19.00 %</td><td>78.00 %</td><td>+2.00</td></tr>");
        document(page); // well formed
    }

    @Test
    void withoutThePapersMethodThePageSaysNothingOfIt() throws Exception {
        choose("mean", Map.of());
        assertThat(html(row("mean", 0.9, 0.811))).doesNotContain("The paper", "Within a budget");
    }

    private void choose(String score, Map<String, Double> figures) throws IOException {
        new ChosenPoint(Rows.point(score, "sum:0.97", "raw", "min-entropy:0.8"), "other images", figures)
                .write(folder.resolve(ChosenPoint.FILE));
    }

    private static TableRow file(String codec, double top1, double bytes) {
        return Rows.row(Rows.point("none", "file", codec, "always"), 1, top1, bytes);
    }

    @Test
    void namesAreEscaped() throws Exception {
        GalleryItem item =
                new GalleryItem(Outcome.CORRECTED, "<b>&'x", "a", "b", 1, "c", 3, 49, 100, PICTURE, PICTURE, PICTURE);
        GalleryFile.write(List.of(item), folder.resolve(GalleryFile.NAME));
        String html = html(row("mean", 0.1, 0.7));
        assertThat(html).doesNotContain("<b>&").contains("&lt;b&gt;&amp;&#39;x");
        assertThat(text(document(html), "b")).isEqualTo("a (<b>&'x)");
    }

    @Test
    void hostileNamesLeaveThePageWellFormed() throws Exception {
        String hostile = "\u0000\u0008\u000b\u001b[2J\u009b\u202e]]>\ufffe\uffff\ud800&nbsp;<!--\udc00\n";
        GalleryItem item = new GalleryItem(
                Outcome.CORRECTED, hostile, hostile, hostile, 1, hostile, 3, 49, 100, PICTURE, PICTURE, PICTURE);
        GalleryFile.write(List.of(item), folder.resolve(GalleryFile.NAME));
        new ChosenPoint(Rows.point("mean", "sum:0.97", "raw", "min-entropy:0.8"), hostile, Map.of())
                .write(folder.resolve(ChosenPoint.FILE));
        String page = html(row("mean", 0.1, 0.7));
        assertThat(text(document(page), "b")).contains("\\u0000\\u0008", "\\u001b[2J", "\\u202e]]>", "&nbsp;<!--");
        assertThat(page).doesNotContain("\u001b", "\u009b", "\u202e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "[1]", "[{\"images\": \"many\"}]", "[{\"images\": 5}]"})
    void aTableThatIsNoneIsRefusedByName(String json) throws IOException {
        Path table = Files.writeString(folder.resolve("table.json"), json);
        assertThatThrownBy(() -> HtmlReport.of(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(table + ": ");
    }

    private static TableRow row(String score, double cost, double top1) {
        return Rows.row(Rows.point(score, "sum:0.97", "raw", "min-entropy:0.8"), cost, top1, 55078.5);
    }

    private String html(TableRow... rows) throws IOException {
        return html(Rows.table(0.81, rows));
    }

    private String html(ResultTable table) throws IOException {
        Files.writeString(folder.resolve("table.json"), TableFiles.json(table));
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
