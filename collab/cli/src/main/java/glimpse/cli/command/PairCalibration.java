package glimpse.cli.command;

import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.ExitCode;
import glimpse.cli.error.UsageException;
import glimpse.cli.model.PairOptions.Pair;
import glimpse.cli.option.DataOptions;
import glimpse.cli.run.RunOptions;
import glimpse.cli.run.StoredRuns;
import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.calibration.Budget;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.Calibration.CalibratedPair;
import glimpse.evaluation.calibration.CalibrationFile;
import glimpse.evaluation.calibration.DiversityWeights;
import glimpse.evaluation.calibration.GateCounts;
import glimpse.evaluation.calibration.GateFit;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.calibration.Outcomes;
import glimpse.evaluation.calibration.PolicyChoice;
import glimpse.evaluation.calibration.PolicyOutcome;
import glimpse.evaluation.calibration.Promise;
import glimpse.evaluation.calibration.Temperatures;
import glimpse.evaluation.calibration.WrongShares;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageSubset;
import glimpse.evaluation.io.Counted;
import glimpse.evaluation.io.Sha256;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
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

    /**
     * A policy that was chosen.
     *
     * @param models at the temperatures that were fitted
     * @param outcomes of the images that it was chosen on
     * @param weights as a calibration has them
     */
    private record Choice(OperatingPoint policy, Pair models, Outcomes outcomes, SortedMap<Integer, Float> weights) {}

    int run(Path out) throws IOException, InterruptedException {
        Dataset images = data.images(pair.classes());
        int chosenOn =
                (int) Math.round(images.size() * chooseOn.orElse(isChoice() ? CHOOSE_UPLOAD_ON : FIT_TEMPERATURES_ON));
        requireEnough(images.size(), chosenOn);
        List<ImageSubset> parts = ImageSubset.divide(images, chosenOn, SEED);
        images.remarks().forEach(this::say);
        Choice choice = choice(parts.getFirst(), images.size() - chosenOn);
        OperatingPoint policy = choice.policy();
        String name = name("promise", policy.upload(), chosenOn, choice.models());
        Outcomes rest = outcomes(name, List.of(policy.upload()), choice.models(), parts.getLast());
        if (rest.images().isEmpty()) {
            return RunOptions.allFailed(images.size() - chosenOn, spec);
        }
        List<GatedImage> promised = rest.at(policy);
        List<GatedImage> all = Stream.concat(choice.outcomes().at(policy).stream(), promised.stream())
                .toList();
        OffloadGate gate = gate(policy, promised, all);
        Calibration calibration = new Calibration(
                new CalibratedPair(
                        Objects.requireNonNull(pair.hashes().get("edge_sha256")),
                        Objects.requireNonNull(pair.hashes().get("server_sha256")),
                        choice.models().edge().temperature(),
                        choice.models().server().temperature()),
                policy.with(gate),
                promise,
                data.description(images),
                chosenOn,
                GateCounts.of(gate, promised),
                choice.weights());
        CalibrationFile.write(out, calibration);
        int patches = pair.edge().transformer().config().patches();
        print(new CalibrationLines(calibration, patches).of(all)
                + checks.lines(promise, all, calibration.point(), choice.models()));
        return ExitCode.OK;
    }

    /** Fits temperatures and chooses a policy on images that the promise doesn't rest on. */
    private Choice choice(ImageSubset images, int promisedOn) throws IOException, InterruptedException {
        say("fits the edge's temperature on " + Counted.of(images.size(), "image"));
        double edgeTemperature = Temperatures.ofWhole(pair.edge(), images);
        Pair tempered = pair.at(edgeTemperature, 1);
        List<Upload> judges = DiversityWeights.judges(plan.uploads());
        Outcomes judged = outcomes("choice-" + images.size(), judges, tempered, images);
        List<Upload> uploads = DiversityWeights.fit(plan.uploads(), judged);
        Outcomes outcomes =
                judges.equals(plan.uploads()) ? judged : outcomes("rounds-" + images.size(), uploads, tempered, images);
        // printed at once, as the budget may be refused
        print(checks.comparison(outcomes, shares(outcomes, promisedOn), uploads));
        OperatingPoint policy = chosen(outcomes, uploads, promisedOn);
        Upload upload = policy.upload();

        say("fits the server's temperature on " + Counted.of(images.size(), "image"));
        double serverTemperature = Temperatures.ofServer(tempered.edge(), pair.server(), upload, images);
        Pair calibrated = pair.at(edgeTemperature, serverTemperature);
        if (upload.isInRounds()) { // its rule goes by answers at the server's temperature
            outcomes = outcomes(name("rule", upload, images.size(), calibrated), List.of(upload), calibrated, images);
            policy = chosen(outcomes, List.of(upload), promisedOn);
        }
        return new Choice(policy, calibrated, outcomes, DiversityWeights.of(upload, uploads));
    }

    private Outcomes outcomes(String name, List<Upload> uploads, Pair models, ImageSubset images)
            throws IOException, InterruptedException {
        EvaluationPlan some = new EvaluationPlan(uploads, false);
        return Outcomes.of(folder.run(name, some, models, images, spec), some);
    }

    private boolean isChoice() {
        return plan.uploads().size() > 1 || plan.uploads().getFirst().isInRounds();
    }

    /** Returns a name for what is computed with an upload alone. */
    private static String name(String what, Upload upload, int chosenOn, Pair models) {
        String all = upload.spec() + " " + chosenOn + " " + models.edge().temperature() + " "
                + models.server().temperature();
        return what + "-" + Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, NAME_DIGITS);
    }

    private void requireEnough(int images, int chosenOn) {
        int fewest = promise.fewestImages();
        if (chosenOn < 1 || images - chosenOn < fewest) {
            double share = (double) (images - chosenOn) / images;
            throw new UsageException(
                    "the calibration set has " + Counted.of(images, "image") + ", " + (images - chosenOn)
                            + " of which are left for a promise that takes " + fewest + ", expected at least "
                            + Math.max((long) Math.ceil(fewest / share) + 1, 2) + " images (or a higher --risk)");
        }
    }

    private OperatingPoint chosen(Outcomes outcomes, List<Upload> uploads, int promisedOn) {
        if (uploads.size() > 1 && budget.isEmpty()) {
            throw new UsageException(
                    "there are " + uploads.size() + " uploads to choose from, expected --budget to choose by");
        }
        if (!isChoice()) {
            return new OperatingPoint(uploads.getFirst(), OffloadGate.always());
        }
        WrongShares shares = shares(outcomes, promisedOn);
        return usage("--budget: ", () -> new PolicyChoice(outcomes, shares, budget).choose(uploads));
    }

    private WrongShares shares(Outcomes outcomes, int promisedOn) {
        return WrongShares.of(promise, promisedOn, outcomes.images().size());
    }

    /**
     * Returns a gate that keeps the promise. The budget can only make it stricter, and where the loosest one that keeps
     * the promise needs more than that, both can't be had.
     */
    private OffloadGate gate(OperatingPoint policy, List<GatedImage> promised, List<GatedImage> all) {
        OffloadGate loosest = usage("", () -> GateFit.loosest(promise, promised));
        if (budget.isEmpty()) {
            return loosest;
        }
        Budget within = budget.get();
        return GateFit.withinBudget(loosest, within, all).orElseThrow(() -> {
            long spent = PolicyOutcome.of(loosest, all, within::spent).spent();
            return new UsageException("--budget: " + within.exceeded(spent, all.size(), policy.upload())
                    + " (more images or a higher --risk allow a looser gate)");
        });
    }

    private static <T> T usage(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + e.getMessage());
        }
    }

    private void say(String line) {
        ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), line);
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
