package glimpse.evaluation.report;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.quality.QualityFiles;
import glimpse.evaluation.quality.Reliability;
import glimpse.evaluation.quality.ReliabilityBin;
import glimpse.evaluation.quality.SpeedFile;
import glimpse.evaluation.table.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The quality of predictions as a section of the page: a table, reliability diagrams, classes, confusions. */
final class QualityHtml {
    /** More operating points than this are in the files alone. */
    private static final int MOST_DIAGRAMS = 6;

    private QualityHtml() {}

    /**
     * Returns the section; an empty string if the folder has no models.json.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if it can't be read
     */
    static String of(Path folder) throws IOException {
        Path file = folder.resolve(QualityFiles.JSON_NAME);
        if (!Files.exists(file)) {
            return "";
        }
        JsonNode values = Json.read(file);
        if (!values.isArray() || values.isEmpty()) {
            throw new IllegalArgumentException(file + ": expected an array of models, at least one");
        }
        List<JsonObject> models = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            models.add(new JsonObject(values.path(i), file + ": model " + (i + 1)));
        }
        StringBuilder html = new StringBuilder("<h2>Predictions</h2>\n").append(table(models));
        html.append(speeds(folder.resolve(SpeedFile.NAME)));
        html.append(
                "<p>ECE, the expected calibration error, is the mean distance between confidence and accuracy in 15 bins"
                        + " of confidence (arXiv 1706.04599, equation 3). In the diagrams, a bar is a bin's accuracy, the mark its"
                        + " mean confidence; a calibrated model's bars end on the diagonal.</p>\n");
        html.append("<div class=\"gallery photos\">\n");
        List<JsonObject> shown = models.subList(0, Math.min(models.size(), MOST_DIAGRAMS));
        for (int i = 0; i < shown.size(); i++) {
            String name = shown.get(i).text("model");
            html.append("<figure>\n")
                    .append(ReliabilityDiagram.svg(name, reliability(shown.get(i)), i))
                    .append("<figcaption>")
                    .append(Html.escaped(name))
                    .append("</figcaption>\n</figure>\n");
        }
        html.append("</div>\n");
        if (models.size() > shown.size()) {
            html.append("<p class=\"note\">The first " + shown.size() + " of " + models.size()
                    + "; calibration.csv, classes.csv and confusion.csv have all of them.</p>\n");
        }
        for (JsonObject model : shown) {
            html.append(classes(model));
        }
        return html.toString();
    }

    private static String table(List<JsonObject> models) {
        boolean real = models.stream().anyMatch(model -> model.values().has("real_top1"));
        List<String> titles = new ArrayList<>(List.of("model", "images", "failed", "top-1", "top-5", "ECE"));
        if (real) {
            titles.addAll(List.of("ReaL top-1", "ReaL top-5", "without ReaL labels"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject model : models) {
            List<String> row = new ArrayList<>(List.of(
                    model.text("model"),
                    String.format(Locale.ROOT, "%,d", model.count("images")),
                    String.format(Locale.ROOT, "%,d", model.count("failed")),
                    Numbers.percent(model.shareOrNaN("top1")),
                    Numbers.percent(model.shareOrNaN("top5")),
                    Numbers.percent(model.shareOrNaN("ece"))));
            if (real) {
                row.add(Numbers.percent(model.shareOrNaN("real_top1")));
                row.add(Numbers.percent(model.shareOrNaN("real_top5")));
                row.add(String.format(Locale.ROOT, "%,d", model.count("real_left_out")));
            }
            rows.add(row);
        }
        return PointTables.table("models", titles, rows, -1);
    }

    private static String speeds(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        JsonNode values = Json.read(file);
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            JsonObject speed = new JsonObject(values.path(i), file + ": model " + (i + 1));
            html.append("<p>")
                    .append(Html.escaped(String.format(
                            Locale.ROOT,
                            "%s: %.1f images/s by the model's own time; the run that evaluated its last %,d images took"
                                    + " %.1f s, decoding and all models included.",
                            speed.text("model"),
                            speed.count("images") / speed.number("model_seconds"),
                            speed.count("images"),
                            speed.number("run_seconds"))))
                    .append("</p>\n");
        }
        return html.toString();
    }

    private static Reliability reliability(JsonObject model) {
        List<JsonObject> objects = objects(model, "bins");
        if (objects.size() != Reliability.BINS) {
            throw new IllegalArgumentException(
                    model.where() + ": has " + objects.size() + " bins, expected " + Reliability.BINS);
        }
        return new Reliability(objects.stream()
                .map(bin -> new ReliabilityBin(
                        bin.count("images"),
                        bin.count("images") == 0 ? Double.NaN : bin.share("accuracy"),
                        bin.count("images") == 0 ? Double.NaN : bin.share("confidence")))
                .toList());
    }

    private static String classes(JsonObject model) {
        List<List<String>> worst = objects(model, "least_accurate").stream()
                .map(one -> List.of(
                        one.text("name"), Integer.toString(one.count("images")), Numbers.percent(one.share("top1"))))
                .toList();
        List<List<String>> confused = objects(model, "most_confused").stream()
                .map(one -> List.of(one.text("name"), one.text("predicted"), Integer.toString(one.count("images"))))
                .toList();
        return "<details>\n<summary>" + Html.escaped(model.text("model"))
                + ": least accurate classes, confusions</summary>\n"
                + PointTables.table("models", List.of("class", "images", "top-1"), worst, -1)
                + PointTables.table("models", List.of("class", "predicted", "images"), confused, -1)
                + "</details>\n";
    }

    private static List<JsonObject> objects(JsonObject model, String name) {
        JsonNode list = model.values().path(name);
        if (!list.isArray()) {
            throw new IllegalArgumentException(model.where() + ": " + name + " is missing, expected a list");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            objects.add(new JsonObject(list.path(i), model.where() + ": " + name + " " + (i + 1)));
        }
        return objects;
    }
}
