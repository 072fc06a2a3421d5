package glimpse.cli.command;

import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.PairOptions.Pair;
import glimpse.cli.option.RunOptions;
import glimpse.cli.option.StoredRuns;
import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.Budget;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.Calibration.CalibratedPair;
import glimpse.evaluation.calibration.CalibrationFile;
import glimpse.evaluation.calibration.DiversityWeights;
import glimpse.evaluation.calibration.GateCounts;
import glimpse.evaluation.calibration.GateFit;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.calibration.ImageSubset;
import glimpse.evaluation.calibration.Promise;
import glimpse.evaluation.calibration.Temperatures;
import glimpse.evaluation.calibration.UploadChoice;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.run.ImageResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Calibrates a pair of models: the work of {@code glimpse calibrate} once everything is checked and loaded. */
record PairCalibration(
        Pair pair,
        EvaluationPlan plan,
        Promise promise,
        Optional<Budget> budget,
        Optional<Double> chooseOn,
        DataOptions data,
        StoredRuns.Folder folder,
        SplitChecks checks,
        CommandSpec spec) {
    private static final long SEED = 0;
    private static final int NAME_DIGITS = 8;
    private static final double CHOOSE_UPLOAD_ON = 0.5;
    private static final double FIT_TEMPERATURES_ON = 0.2;

    int run(Path out) throws IOException, InterruptedException {
        Dataset images = data.images(pair.classes());
        int chosenOn = (int) Math.round(
                images.size() * chooseOn.orElse(plan.uploads().size() > 1 ? CHOOSE_UPLOAD_ON : FIT_TEMPERATURES_ON));
        requireEnough(images.size(), chosenOn);
        List<ImageSubset> parts = ImageSubset.divide(images, chosenOn, SEED);
        images.remarks().forEach(this::say);
        say("fits the edge's temperature on " + chosenOn + " images");
        double edgeTemperature = Temperatures.ofWhole(pair.edge(), parts.getFirst());
        Pair tempered = pair.at(edgeTemperature, 1);

        List<ImageResult> choice = folder.run("choice-" + chosenOn, plan, tempered, parts.getFirst(), spec);
        Map<Upload, List<GatedImage>> outcomes = outcomes(choice, plan);
        List<Upload> uploads = DiversityWeights.fit(outcomes);
        Upload upload = chosen(UploadChoice.only(outcomes, uploads));
        EvaluationPlan one = new EvaluationPlan(List.of(upload), false);
        List<ImageResult> rest = folder.run("promise-" + name(upload), one, tempered, parts.getLast(), spec);
        List<GatedImage> promised = GatedImage.all(rest, 0);
        if (promised.isEmpty()) {
            return RunOptions.allFailed(rest.size(), spec);
        }
        List<GatedImage> all = Stream.concat(Objects.requireNonNull(outcomes.get(upload)).stream(), promised.stream())
                .toList();
        OffloadGate gate = gate(promised, all);
        say("fits the server's temperature on " + chosenOn + " images");
        double serverTemperature = Temperatures.ofServer(tempered.edge(), pair.server(), upload, parts.getFirst());
        Calibration calibration = new Calibration(
                new CalibratedPair(
                        Objects.requireNonNull(pair.hashes().get("edge_sha256")),
                        Objects.requireNonNull(pair.hashes().get("server_sha256")),
                        edgeTemperature,
                        serverTemperature),
                new OperatingPoint(upload, gate),
                promise,
                data.description(images),
                images.size() - parts.getLast().size(),
                GateCounts.of(gate, promised),
                DiversityWeights.of(upload, uploads));
        CalibrationFile.write(out, calibration);
        print(summary(calibration, all) + checks.lines(promise, all, upload, tempered));
        return ExitCode.OK;
    }

    /** Returns a name for what is computed with an upload alone. */
    private static String name(Upload upload) {
        return Sha256.of(upload.spec().getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS);
    }

    private void requireEnough(int images, int chosenOn) {
        int fewest = promise.fewestImages();
        if (chosenOn < 1 || images - chosenOn < fewest) {
            double share = (double) (images - chosenOn) / images;
            throw new UsageException("the calibration set has " + images + " images, " + (images - chosenOn)
                    + " of which are left for a promise that takes " + fewest + ", expected at least "
                    + Math.max((long) Math.ceil(fewest / share) + 1, 2) + " images (or a higher --risk)");
        }
    }

    private Upload chosen(Map<Upload, List<GatedImage>> outcomes) {
        if (outcomes.size() == 1) {
            return outcomes.keySet().iterator().next();
        }
        Budget within = budget.orElseThrow(() -> new UsageException(
                "there are " + outcomes.size() + " uploads to choose from, expected --budget to choose by"));
        return usage("--budget: ", () -> UploadChoice.choose(outcomes, promise, within));
    }

    private OffloadGate gate(List<GatedImage> promised, List<GatedImage> all) {
        OffloadGate loosest = usage("", () -> GateFit.loosest(promise, promised));
        return budget.isPresent()
                ? usage("--budget: ", () -> GateFit.withinBudget(loosest, budget.get(), all))
                : loosest;
    }

    private static <T> T usage(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + e.getMessage());
        }
    }

    private static Map<Upload, List<GatedImage>> outcomes(List<ImageResult> rows, EvaluationPlan plan) {
        Map<Upload, List<GatedImage>> outcomes = new LinkedHashMap<>();
        plan.uploads().forEach(upload -> outcomes.put(upload, GatedImage.all(rows, plan.indexOf(upload))));
        return outcomes;
    }

    private String summary(Calibration calibration, List<GatedImage> all) {
        GateCounts counts = calibration.counts();
        OffloadGate gate = calibration.point().gate();
        long right = 0;
        long kept = 0;
        long bytes = 0;
        for (GatedImage image : all) {
            boolean confident = gate.confident(image.confidence());
            right += (confident ? image.edgeRight() : image.serverRight()) ? 1 : 0;
            kept += confident ? 0 : image.kept();
            bytes += confident ? 0 : image.upBytes();
        }
        double images = all.size();
        return String.format(
                Locale.ROOT,
                """
                Operating point %s
                temperatures %s (edge) and %s (server), fitted on %d images
                Promise: %s
                There, %d of %d images are confident; on %d of them the server disagrees, on %d it is right and the edge wrong (%.2f %%, bound %.2f %%)
                On all %d images: top-1 %.4f, cost %.4f, %.0f bytes up per image
                """,
                calibration.point().spec(),
                calibration.pair().edgeTemperature(),
                calibration.pair().serverTemperature(),
                calibration.chosenOn(),
                calibration.sentence(),
                counts.confident(),
                counts.images(),
                counts.disagreements(),
                counts.wrong(),
                100 * counts.risk(),
                100 * promise.bound(counts.wrong(), counts.images()),
                all.size(),
                right / images,
                kept / images / pair.edge().transformer().config().patches(),
                bytes / images);
    }

    private void say(String line) {
        ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), line);
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
