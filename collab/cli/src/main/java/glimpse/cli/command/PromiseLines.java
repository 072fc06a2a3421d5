package glimpse.cli.command;

import glimpse.collab.audit.Audit;
import glimpse.collab.audit.DriftAlarm;
import glimpse.collab.select.NamedRandom;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.GateCounts;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.calibration.Outcomes;
import glimpse.evaluation.calibration.PromiseCheck;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what became of a calibration's promise on the images of an evaluation. */
record PromiseLines(Calibration calibration, Audit audit) {
    private static final long SEED = 1;
    private static final String FILE = "promise.json";

    /** Deletes what an earlier evaluation with a calibration wrote. */
    static void delete(RunFolder folder) throws IOException {
        Files.deleteIfExists(folder.file(FILE));
    }

    /** Data sets are sorted by class, as no camera's pictures are. */
    private static List<GatedImage> shuffled(List<GatedImage> images) {
        return images.stream()
                .sorted(Comparator.comparingDouble(image -> new NamedRandom(SEED, image.name()).fraction()))
                .toList();
    }

    /**
     * Writes promise.json and returns the lines to print; nothing if the plan lacks the calibration's upload or no
     * image was evaluated.
     */
    String check(List<ImageResult> rows, EvaluationPlan plan, RunFolder folder) throws IOException {
        List<GatedImage> images = plan.uploads().contains(calibration.point().upload())
                ? Outcomes.of(rows, plan).at(calibration.point())
                : List.of();
        if (images.isEmpty()) {
            delete(folder);
            return "";
        }
        DriftAlarm alarm = new DriftAlarm(calibration.counts().rates());
        PromiseCheck check = PromiseCheck.of(calibration.point().gate(), alarm, audit, shuffled(images));
        GateCounts counts = check.counts();
        Interval interval = Interval.ofShare(counts.risk(), counts.images());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("promise", calibration.sentence());
        values.put("risk", calibration.promise().risk());
        values.put("images", counts.images());
        values.put("confident", counts.confident());
        values.put("disagreements", counts.disagreements());
        values.put("wrong", counts.wrong());
        values.put("observed_risk", counts.risk());
        values.put("audit", audit.share());
        check.alarm().ifPresent(raised -> {
            values.put("alarm_after_images", raised.images());
            values.put("alarm", raised.reason());
        });
        AtomicFile.write(folder.file(FILE), Json.write(values) + "\n");
        return String.format(
                Locale.ROOT,
                "%nPromise: %s%nHere it is %d of %d images, %.2f %% (95 %% interval %.2f to %.2f %%); drift alarm, in random order: %s%n",
                calibration.sentence(),
                counts.wrong(),
                counts.images(),
                100 * counts.risk(),
                100 * interval.low(),
                100 * interval.high(),
                check.alarm()
                        .map(raised -> "after " + raised.images() + " images: " + raised.reason())
                        .orElse("not raised"));
    }
}
