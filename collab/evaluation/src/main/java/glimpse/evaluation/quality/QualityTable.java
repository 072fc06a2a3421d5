package glimpse.evaluation.quality;

import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.run.Speed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of models for a terminal. */
public final class QualityTable {
    private QualityTable() {}

    /**
     * Returns a line for each model below a line of titles; lines end in a line feed.
     *
     * @param speeds one per model, or none
     */
    public static String of(List<PredictionQuality> models, List<Speed> speeds) {
        boolean real = models.stream().anyMatch(model -> model.real().isPresent());
        List<List<String>> lines = new ArrayList<>();
        List<String> titles = new ArrayList<>(List.of("model", "images", "failed", "top-1", "top-5"));
        if (real) {
            titles.addAll(List.of("ReaL top-1", "ReaL left out"));
        }
        titles.add("ECE");
        if (!speeds.isEmpty()) {
            titles.add("images/s of the model");
        }
        lines.add(titles);
        for (int i = 0; i < models.size(); i++) {
            PredictionQuality model = models.get(i);
            List<String> line = new ArrayList<>(List.of(
                    VisibleText.name(model.name()),
                    Integer.toString(model.images()),
                    Integer.toString(model.failed()),
                    number("%.4f", model.accuracy().top1()),
                    number("%.4f", model.accuracy().top5())));
            model.real().ifPresent(labels -> {
                line.add(number("%.4f", labels.accuracy().top1()));
                line.add(Integer.toString(labels.leftOut()));
            });
            line.add(number("%.4f", model.reliability().expectedCalibrationError()));
            if (!speeds.isEmpty()) {
                line.add(number("%.1f", speeds.get(i).modelImagesPerSecond()));
            }
            lines.add(line);
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                text.append(column == 0 ? "" : "  ");
                text.append(padded(line.get(column), width(lines, column), column == 0));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String padded(String cell, int width, boolean left) {
        String spaces = " ".repeat(width - cell.length());
        return left ? cell + spaces : spaces + cell;
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
