package glimpse.cli.option;

import glimpse.evaluation.plan.FileFormat;
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

    /** Returns the formats, each once; none unless the option is given. */
    public List<FileFormat> formats() {
        return Grid.distinct(formats);
    }
}
