package glimpse.evaluation.quality;

import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.run.Speed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes the quality of predictions: models.csv, models.md and models.json (a row per model; the last also has what a
 * report shows), classes.csv, confusion.csv and calibration.csv. None of them depends on how fast the models were.
 */
public final class QualityFiles {
    /** The file that a report reads. */
    public static final String JSON_NAME = "models.json";

    private static final int MOST_LISTED = 20;

    private QualityFiles() {}

    /** Writes all files into a run's folder. */
    public static void write(List<PredictionQuality> models, ClassIndex classes, RunFolder folder) throws IOException {
        AtomicFile.write(folder.file("models.csv"), csv(models));
        AtomicFile.write(folder.file("models.md"), markdown(models));
        AtomicFile.write(folder.file("classes.csv"), classesCsv(models, classes));
        AtomicFile.write(folder.file("confusion.csv"), confusionCsv(models, classes));
        AtomicFile.write(folder.file("calibration.csv"), calibrationCsv(models));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (PredictionQuality model : models) {
            Map<String, @Nullable Object> row = withoutNaN(figures(model));
            row.put(
                    "bins",
                    model.reliability().bins().stream().map(QualityFiles::bin).toList());
            row.put("least_accurate", leastAccurate(model, classes));
            row.put("most_confused", mostConfused(model, classes));
            rows.add(row);
        }
        AtomicFile.write(folder.file(JSON_NAME), Json.write(rows) + "\n");
    }

    /** Returns the table as a JSON array with an object per model, with its speed. */
    public static String json(List<PredictionQuality> models, List<Speed> speeds) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            Map<String, Object> row = figures(models.get(i));
            row.put("model_images_per_second", speeds.get(i).modelImagesPerSecond());
            row.put("run_images_per_second", speeds.get(i).wallImagesPerSecond());
            rows.add(withoutNaN(row));
        }
        return Json.write(rows) + "\n";
    }

    private static Map<String, @Nullable Object> withoutNaN(Map<String, Object> values) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        values.forEach((name, value) -> row.put(name, isNaN(value) ? null : value));
        return row;
    }

    private static boolean isNaN(Object value) {
        return value instanceof Double number && number.isNaN();
    }

    private static Map<String, Object> figures(PredictionQuality model) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("model", model.name());
        row.put("images", model.images());
        row.put("failed", model.failed());
        row.put("top1", model.accuracy().top1());
        row.put("top5", model.accuracy().top5());
        row.put("ece", model.reliability().expectedCalibrationError());
        model.real().ifPresent(real -> {
            row.put("real_images", real.images());
            row.put("real_left_out", real.leftOut());
            row.put("real_top1", real.accuracy().top1());
            row.put("real_top5", real.accuracy().top5());
        });
        return row;
    }

    private static String csv(List<PredictionQuality> models) {
        StringBuilder csv = new StringBuilder(
                Csv.line(List.copyOf(figures(models.getFirst()).keySet())));
        for (PredictionQuality model : models) {
            csv.append(Csv.line(figures(model).values().stream()
                    .map(value -> isNaN(value) ? "" : value.toString())
                    .toList()));
        }
        return csv.toString();
    }

    private static String markdown(List<PredictionQuality> models) {
        List<String> names = List.copyOf(figures(models.getFirst()).keySet());
        StringBuilder markdown = new StringBuilder(markdownLine(names));
        markdown.append(markdownLine(names.stream().map(name -> "---").toList()));
        for (PredictionQuality model : models) {
            markdown.append(markdownLine(
                    figures(model).values().stream().map(QualityFiles::rounded).toList()));
        }
        return markdown.toString();
    }

    private static String rounded(Object value) {
        if (isNaN(value)) {
            return "-";
        }
        return value instanceof Double number ? String.format(Locale.ROOT, "%.4f", number) : value.toString();
    }

    private static String markdownLine(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String classesCsv(List<PredictionQuality> models, ClassIndex classes) {
        StringBuilder csv =
                new StringBuilder(Csv.line(List.of("model", "class", "wnid", "name", "images", "top1", "top5")));
        for (PredictionQuality model : models) {
            for (ClassAccuracy one : model.classes()) {
                csv.append(Csv.line(List.of(
                        model.name(),
                        Integer.toString(one.label()),
                        classes.wnid(one.label()).orElse(""),
                        classes.name(one.label()),
                        Integer.toString(one.images()),
                        Double.toString(one.top1()),
                        Double.toString(one.top5()))));
            }
        }
        return csv.toString();
    }

    private static String confusionCsv(List<PredictionQuality> models, ClassIndex classes) {
        StringBuilder csv =
                new StringBuilder(Csv.line(List.of("model", "class", "name", "predicted", "predicted_name", "images")));
        for (PredictionQuality model : models) {
            for (Confusion cell : model.confusions()) {
                csv.append(Csv.line(List.of(
                        model.name(),
                        Integer.toString(cell.label()),
                        classes.name(cell.label()),
                        Integer.toString(cell.predicted()),
                        classes.name(cell.predicted()),
                        Integer.toString(cell.images()))));
            }
        }
        return csv.toString();
    }

    private static String calibrationCsv(List<PredictionQuality> models) {
        StringBuilder csv =
                new StringBuilder(Csv.line(List.of("model", "above", "up_to", "images", "accuracy", "confidence")));
        for (PredictionQuality model : models) {
            for (int i = 0; i < Reliability.BINS; i++) {
                ReliabilityBin bin = model.reliability().bins().get(i);
                csv.append(Csv.line(List.of(
                        model.name(),
                        Double.toString(Reliability.lower(i)),
                        Double.toString(Reliability.upper(i)),
                        Integer.toString(bin.images()),
                        bin.images() == 0 ? "" : Double.toString(bin.accuracy()),
                        bin.images() == 0 ? "" : Double.toString(bin.confidence()))));
            }
        }
        return csv.toString();
    }

    private static Map<String, @Nullable Object> bin(ReliabilityBin bin) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("images", bin.images());
        values.put("accuracy", bin.accuracy());
        values.put("confidence", bin.confidence());
        return withoutNaN(values);
    }

    private static List<Map<String, Object>> leastAccurate(PredictionQuality model, ClassIndex classes) {
        return model.classes().stream()
                .sorted(Comparator.comparingDouble(ClassAccuracy::top1)
                        .thenComparing(
                                Comparator.comparingInt(ClassAccuracy::images).reversed())
                        .thenComparingInt(ClassAccuracy::label))
                .limit(MOST_LISTED)
                .map(one -> Map.<String, Object>of(
                        "name", classes.name(one.label()), "images", one.images(), "top1", one.top1()))
                .map(QualityFiles::sorted)
                .toList();
    }

    private static List<Map<String, Object>> mostConfused(PredictionQuality model, ClassIndex classes) {
        return model.confusions().stream()
                .filter(cell -> cell.label() != cell.predicted())
                .sorted(Comparator.comparingInt(Confusion::images)
                        .reversed()
                        .thenComparingInt(Confusion::label)
                        .thenComparingInt(Confusion::predicted))
                .limit(MOST_LISTED)
                .map(cell -> Map.<String, Object>of(
                        "name", classes.name(cell.label()),
                        "predicted", classes.name(cell.predicted()),
                        "images", cell.images()))
                .map(QualityFiles::sorted)
                .toList();
    }

    /** Returns the same values in an order that is the same in every run. */
    private static Map<String, Object> sorted(Map<String, Object> values) {
        return new TreeMap<>(values);
    }
}
