package glimpse.bench.report;

import glimpse.bench.assembly.SpillsCommand;
import glimpse.bench.clients.ClientsCommand;
import glimpse.bench.lab.LabCommand;
import glimpse.bench.load.ServiceCommand;
import glimpse.bench.memory.MemoryCommand;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line behind {@code scripts/bench}. */
@Command(
        name = "bench",
        description = "Runs benchmarks and records their results.",
        sortOptions = false,
        subcommands = {
            RunCommand.class,
            AddCommand.class,
            WriteModelsCommand.class,
            LabCommand.class,
            ServiceCommand.class,
            SpillsCommand.class,
            MemoryCommand.class,
            ClientsCommand.class
        })
public final class BenchCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    private BenchCommand() {}

    /** Runs a command and exits with its status: 1 if it failed, 2 if the command line is wrong. */
    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((thrown, command, parsed) -> {
                    command.getErr()
                            .println(Objects.requireNonNullElse(thrown.getMessage(), thrown.toString())
                                    .strip());
                    return 1;
                });
        System.exit(line.execute(arguments));
    }
}
