package glimpse.bench.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench add}: records results that another program measured. */
@Command(name = "add", description = "Records results that another program measured.", sortOptions = false)
final class AddCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CSV", description = "The results, in the format of the files in --results.")
    @SuppressWarnings("NullAway.Init")
    private Path rows;

    @Option(names = "--results", required = true, paramLabel = "DIR", description = "Folder of the result files.")
    @SuppressWarnings("NullAway.Init")
    private Path results;

    @Option(
            names = "--isa",
            paramLabel = "ISA",
            description = "The instruction set they were measured with: native or avx2.")
    private InstructionSet isa = InstructionSet.NATIVE;

    @Override
    public Integer call() throws IOException {
        new ResultFiles(results, isa).add(CsvResults.read(rows));
        return 0;
    }
}
