package glimpse.cli.front;

import glimpse.cli.error.ErrorLines;
import glimpse.cli.error.UsageException;
import glimpse.cli.front.ServersOption.Server;
import glimpse.cli.run.RunOptions;
import glimpse.collab.gate.StopRule;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.front.Front;
import glimpse.evaluation.front.FrontFiles;
import glimpse.evaluation.front.FrontStudy;
import glimpse.evaluation.front.FrontTable;
import glimpse.evaluation.front.FrontText;
import glimpse.evaluation.front.ServerRun;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The part of a sweep that chooses operating points on other images than those that they are measured on.
 *
 * @param chooseOn the images to choose on
 * @param options what points are chosen for
 * @param encoded what other encoders made of the images
 * @param runOptions the folder
 * @param plan what is evaluated
 * @param rules that end rounds
 * @param spec the command
 */
public record FrontSweep(
        ChooseOnOptions chooseOn,
        FrontOptions options,
        EncodedOption encoded,
        RunOptions runOptions,
        EvaluationPlan plan,
        List<StopRule> rules,
        CommandSpec spec) {
    private static final String IMAGES = "images";

    /**
     * The images that points are chosen on.
     *
     * @param rows their rows for each server, in the servers' order
     * @param images those images, in words
     */
    public record Chosen(List<List<ImageResult>> rows, String images) {
        /** Copies the rows. */
        public Chosen {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** Returns the images to measure on, with what other encoders made of them. */
    public Dataset measured(Dataset images) throws IOException {
        return encoded.with(images, IMAGES);
    }

    /** Returns the images to choose on; empty if there are none. */
    public Optional<Dataset> chosen(ClassIndex classes, Dataset measured) throws IOException {
        return chooseOn.given()
                ? Optional.of(encoded.with(chooseOn.images(classes, measured), ChooseOnOptions.FOLDER))
                : Optional.empty();
    }

    /**
     * Evaluates the images to choose on, or resumes that.
     *
     * @param servers those of several servers have a folder in that of each
     */
    public Chosen choose(List<Server> servers, Dataset images) throws IOException, InterruptedException {
        say("evaluates " + chooseOn.description(images) + ", to choose on");
        Function<Server, String> name =
                server -> (servers.size() > 1 ? server.name() + "/" : "") + ChooseOnOptions.FOLDER;
        try (ServerFolders folders = ServerFolders.open(servers, name, runOptions, plan, images)) {
            return new Chosen(runOptions.run(plan, folders.runs(), images, spec), chooseOn.description(images));
        }
    }

    /** Says what comes next on standard error. */
    public void say(String line) {
        ErrorLines.print(spec.commandLine().getErr(), spec.qualifiedName(), line);
    }

    /**
     * Answers all questions and writes the answers.
     *
     * @param runs one per server
     * @param measuredOn the images that points are measured on, in words
     * @param chosenOn the images that points are chosen on, in words
     * @return the answers for standard output
     */
    public String finish(
            List<ServerRun> runs, int patches, String measuredOn, String chosenOn, RunFolder folder, boolean json)
            throws IOException {
        Front front;
        try {
            front = new FrontStudy(runs, rules, options.questions(), patches).front(measuredOn, chosenOn);
        } catch (IllegalArgumentException e) {
            throw new UsageException("" + e.getMessage());
        }
        FrontFiles.write(front, folder);
        return json ? FrontFiles.json(front) : VisibleText.lines(FrontText.lines(front) + FrontTable.text(front));
    }
}
