package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import glimpse.engine.VitConfig;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --file}: formats in which whole images are uploaded. */
public final class FileFormatOption {
    @Option(
            names = "--file",
            split = ",",
            paramLabel = "FORMAT[,...]",
            hideParamSyntax = true,
            converter = Grid.OfFileFormats.class,
            description = "Also upload whole images as files, for comparison:%n" + FileFormat.SYNTAX + ".")
    private List<Grid<FileFormat>> formats = List.of();

    /** Made by the command line, which sets the option. */
    public FileFormatOption() {}

    /** Checks that no image would be scaled up before it is encoded. */
    public static void requireSmaller(EvaluationPlan plan, VitConfig config) {
        for (Upload upload : plan.uploads()) {
            if (upload instanceof Upload.WholeFile(FileFormat.ScaledJpeg scaled)
                    && scaled.side() >= config.imageSize()) {
                throw UsageException.invalid(
                        "--file", scaled.spec(), "a side below the models' " + config.imageSize() + " pixels");
            }
        }
    }

    /** Returns the formats, each once; none unless the option is given. */
    public List<FileFormat> formats() {
        return Grid.distinct(formats);
    }
}
