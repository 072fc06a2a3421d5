package glimpse.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The result files of this machine: a CSV file, and a Markdown file that shows the same as tables.
 *
 * @param folder the folder of the result files; created if missing
 * @param isa the instruction set that the results were measured with
 */
record ResultFiles(Path folder, InstructionSet isa) {
    /**
     * Adds new results to both files, in place of old ones of the same benchmarks and parameters, and prints the new
     * ones.
     */
    void add(List<ResultRow> fresh) throws IOException {
        Files.createDirectories(folder);
        String name = MachineName.fileName(isa);
        String title = MachineName.title(isa);
        Path csv = folder.resolve(name + ".csv");
        Path markdown = folder.resolve(name + ".md");
        List<ResultRow> old = Files.exists(csv) ? CsvResults.read(csv) : List.of();
        List<ResultRow> all = CsvResults.replace(old, fresh);
        CsvResults.write(csv, all);
        Files.write(markdown, MarkdownReport.lines(title, all));
        MarkdownReport.lines(title, fresh).forEach(System.out::println);
        System.out.println();
        System.out.println("recorded in " + csv + " and " + markdown.getFileName());
    }
}
