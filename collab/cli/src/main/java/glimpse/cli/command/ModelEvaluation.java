package glimpse.cli.command;

import glimpse.cli.error.ExitCode;
import glimpse.cli.model.ModelsOption;
import glimpse.cli.option.DataOptions;
import glimpse.cli.option.LabelOptions;
import glimpse.cli.run.RunOptions;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.Counted;
import glimpse.evaluation.quality.PredictionQuality;
import glimpse.evaluation.quality.Predictions;
import glimpse.evaluation.quality.QualityFiles;
import glimpse.evaluation.quality.QualityTable;
import glimpse.evaluation.quality.SpeedFile;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.run.RunResult;
import glimpse.evaluation.run.Speed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Evaluates models alone, all of them on the same images: {@code glimpse evaluate --model}. */
record ModelEvaluation(
        ModelsOption models, DataOptions data, LabelOptions labels, RunOptions runs, boolean json, CommandSpec spec) {
    int run(Workers workers) throws IOException, InterruptedException {
        List<ModelsOption.Loaded> loaded = loaded(workers);
        ClassIndex classes = loaded.getFirst().classes();
        Dataset images = data.images(classes);
        Optional<List<List<Integer>>> real = labels.realLabels(images, classes);
        try (RunFolder folder = runs.openForModels()) {
            List<RunResult> results = runs.runModels(loaded, images, spec);
            List<PredictionQuality> table = new ArrayList<>();
            for (int i = 0; i < loaded.size(); i++) {
                Predictions predictions =
                        Predictions.ofModel(loaded.get(i).name(), results.get(i).rows());
                table.add(PredictionQuality.of(predictions, real));
            }
            List<Speed> speeds = results.stream().map(RunResult::speed).toList();
            QualityFiles.write(table, classes, folder);
            SpeedFile.write(table, speeds, folder);
            print(table, speeds);
            boolean none = table.stream().allMatch(model -> model.images() == 0);
            return none ? RunOptions.allFailed(table.getFirst().failed(), spec) : ExitCode.OK;
        }
    }

    private List<ModelsOption.Loaded> loaded(Workers workers) throws IOException {
        List<ModelsOption.Loaded> all = models.load(workers);
        List<Integer> valid = labels.validClasses(all.getFirst().classes());
        return all.stream().map(model -> model.among(valid)).toList();
    }

    private void print(List<PredictionQuality> table, List<Speed> speeds) {
        String text = json
                ? QualityFiles.json(table, speeds)
                : pace(table.size(), speeds) + "\n" + QualityTable.of(table, speeds);
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    /** Returns the speed of the whole run, which no model's own speed shows. */
    private static String pace(int models, List<Speed> speeds) {
        Speed most = speeds.stream()
                .max((one, other) -> Integer.compare(one.images(), other.images()))
                .orElseThrow();
        if (most.images() == 0) {
            return "all rows were there already\n";
        }
        return String.format(
                Locale.ROOT,
                "%s in %.1f s: %.1f images/s, decoding and %s included%n",
                Counted.of(most.images(), "image"),
                most.wallNanos() / 1e9,
                most.wallImagesPerSecond(),
                models == 1 ? "the model" : "all " + models + " models");
    }
}
