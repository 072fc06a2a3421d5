package glimpse.evaluation.report;

import glimpse.collab.codec.PayloadCodec;
import glimpse.evaluation.erasure.ErasureFiles;
import glimpse.evaluation.erasure.ErasureRow;
import glimpse.evaluation.gallery.GalleryFile;
import glimpse.evaluation.gallery.GalleryItem;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.table.Headline;
import glimpse.evaluation.table.LinkFiles;
import glimpse.evaluation.table.Numbers;
import glimpse.evaluation.table.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An evaluation as one self-contained HTML page, which is well-formed XML too. */
public final class HtmlReport {
    /** How far below the server's accuracy the operating point may be, where none was chosen before. */
    private static final double MARGIN = 0.003;

    private final ResultTable table;
    private final TableRow chosen;
    private final Optional<ChosenPoint> before;
    private final List<LinkRow> links;
    private final List<ErasureRow> erasures;
    private final List<GalleryItem> gallery;

    private HtmlReport(
            ResultTable table,
            Optional<ChosenPoint> before,
            List<LinkRow> links,
            List<ErasureRow> erasures,
            List<GalleryItem> gallery) {
        this.table = table;
        this.links = links;
        this.erasures = erasures;
        this.gallery = gallery;
        this.before = before.filter(choice -> table.row(choice.point()).isPresent());
        this.chosen = this.before
                .flatMap(choice -> table.row(choice.point()))
                .orElseGet(() -> ChosenPoint.choose(table, MARGIN, 1));
    }

    /**
     * Returns the page.
     *
     * @param folder the folder of a run: its table.json, and point.json, links.json, erasure.json, gallery.json,
     *     models.json and speed.json if they exist; front.json alone of several servers, models.json alone of models
     *     that were evaluated alone
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if one can't be read
     */
    public static String of(Path folder) throws IOException {
        Path point = folder.resolve(ChosenPoint.FILE);
        String quality = QualityHtml.of(folder);
        String front = FrontHtml.of(folder);
        if (!Files.exists(folder.resolve(TableFiles.JSON_NAME)) && !front.isEmpty()) {
            return PageFrame.html("Every method at every budget", front); // of several servers
        }
        if (!Files.exists(folder.resolve(TableFiles.JSON_NAME)) && !quality.isEmpty()) {
            return PageFrame.html("Models", quality); // of models that were evaluated alone
        }
        ResultTable table = TableFiles.read(folder.resolve(TableFiles.JSON_NAME));
        return new HtmlReport(
                        table,
                        Files.exists(point) ? Optional.of(ChosenPoint.read(point)) : Optional.empty(),
                        LinkFiles.read(folder.resolve(LinkFiles.JSON_NAME)),
                        ErasureFiles.read(folder.resolve(ErasureFiles.JSON_NAME), table),
                        GalleryFile.read(folder.resolve(GalleryFile.NAME)))
                .html(quality, front);
    }

    private String html(String quality, String front) {
        return PageFrame.html(
                "Accuracy against communication",
                "<p class=\"lead\">"
                        + Html.escaped(Headline.sentence(table, chosen)) + "</p>\n"
                        + before.map(choice -> PaperHtml.sentence(table, choice))
                                .orElse("")
                        + "<p>" + Html.escaped(choice()) + "</p>\n"
                        + (front.isEmpty()
                                ? ""
                                : "<h2>Every method at every budget</h2>\n" + front + "<h2>All points</h2>\n")
                        + new Chart(table, chosen, Chart.Axis.COST).html()
                        + before.map(choice -> PaperHtml.budgets(table, choice)).orElse("")
                        + GalleryHtml.of(gallery)
                        + PointTables.guidedAgainstRandom(table)
                        + bytes()
                        + LinkHtml.of(links, chosen.point())
                        + ErasureHtml.of(erasures, chosen.point())
                        + quality
                        + PointTables.all(table, chosen));
    }

    private String choice() {
        String where = before.map(point -> "It was chosen on " + point.chosenOn() + ownFigures(point))
                .orElse(
                        "It was chosen on these same images, so its figures are slightly optimistic: the cheapest point within"
                                + " 0.3 percentage points of the server on whole images or, failing that, the most accurate"
                                + " one.");
        return "The operating point is " + PointText.name(chosen.point()) + ". " + where
                + " Communication is the share of all images' patches that is sent (arXiv 2404.07217).";
    }

    /** Returns the point's results on the images that it was chosen on, unless those are the table's. */
    private String ownFigures(ChosenPoint point) {
        double accuracy = point.figures().getOrDefault("collaborative_top1", Double.NaN);
        double server = point.figures().getOrDefault("server_whole_top1", Double.NaN);
        boolean here = point.figures().getOrDefault("images", 0.0) == table.images()
                && accuracy == chosen.collaborative().top1()
                && server == table.serverBaselineTop1();
        return here
                ? ", these same images, so its figures are slightly optimistic."
                : String.format(
                        Locale.ROOT,
                        ", where it classifies %s correctly and the server alone %s, at %s of the communication.",
                        Numbers.percent(accuracy),
                        Numbers.percent(server),
                        Numbers.percent(point.figures().getOrDefault("cost", Double.NaN)));
    }

    private String bytes() {
        if (table.rows().stream().allMatch(row -> isRaw(row.point().upload()))) {
            return "";
        }
        return "<h2>Bytes</h2>\n<p>Bytes sent per image, including the messages' headers and positions; of a whole image,"
                + " the bytes of its file. " + Html.escaped(sameAccuracy()) + "</p>\n"
                + new Chart(table, chosen, Chart.Axis.BYTES).html();
    }

    /** Compares the operating point with the smallest files of whole images that give at least its accuracy. */
    private String sameAccuracy() {
        if (table.rows().stream().noneMatch(HtmlReport::isFile)) {
            return "";
        }
        String own = String.format(
                Locale.ROOT,
                "The operating point takes %,.0f bytes per image; ",
                chosen.communication().upPerImage());
        return own
                + table.rows().stream()
                        .filter(row -> isFile(row)
                                && row.collaborative().top1()
                                        >= chosen.collaborative().top1())
                        .min(Comparator.comparingDouble(
                                row -> row.communication().upPerImage()))
                        .map(file -> String.format(
                                Locale.ROOT,
                                "the smallest image files that are at least as accurate, %s, take %,.0f.",
                                file.point().upload().codec(),
                                file.communication().upPerImage()))
                        .orElse("no image file format that was tried is as accurate.");
    }

    private static boolean isRaw(Upload upload) {
        return upload instanceof Upload.Patches patches && patches.payloadCodec() instanceof PayloadCodec.Raw;
    }

    private static boolean isFile(TableRow row) {
        return row.point().upload() instanceof Upload.WholeFile;
    }
}
