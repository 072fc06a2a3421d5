package glimpse.cli;

import glimpse.cli.command.CalibrateCommand;
import glimpse.cli.command.ClassifyCommand;
import glimpse.cli.command.ConvertCommand;
import glimpse.cli.command.EdgeCommand;
import glimpse.cli.command.EmbedCommand;
import glimpse.cli.command.EvaluateCommand;
import glimpse.cli.command.ExplainCommand;
import glimpse.cli.command.InfoCommand;
import glimpse.cli.command.ReportCommand;
import glimpse.cli.command.ReproduceCommand;
import glimpse.cli.command.SweepCommand;
import glimpse.cli.extension.CommandProvider;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import picocli.CommandLine;

/** The commands of the program, in the order of the help. */
final class Commands {
    private static final Map<String, Class<?>> BY_NAME = byName();

    private Commands() {}

    private static Map<String, Class<?>> byName() {
        Map<String, Class<?>> commands = new LinkedHashMap<>();
        commands.put("convert", ConvertCommand.class);
        commands.put("info", InfoCommand.class);
        commands.put("classify", ClassifyCommand.class);
        commands.put("embed", EmbedCommand.class);
        commands.put("explain", ExplainCommand.class);
        commands.put("evaluate", EvaluateCommand.class);
        commands.put("sweep", SweepCommand.class);
        commands.put("calibrate", CalibrateCommand.class);
        commands.put("reproduce", ReproduceCommand.class);
        commands.put("report", ReportCommand.class);
        commands.put("edge", EdgeCommand.class);
        return Collections.unmodifiableMap(commands);
    }

    /** Adds the command that the arguments name, or all of them: reading all annotations takes a tenth of a second. */
    static void addTo(CommandLine program, String... arguments) {
        Class<?> named = BY_NAME.get(name(arguments));
        if (named != null) {
            program.addSubcommand(named);
            return;
        }
        BY_NAME.values().forEach(program::addSubcommand);
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            provider.commands().forEach(program::addSubcommand);
        }
    }

    /** Returns the first argument that isn't an option; empty if there is none. */
    private static String name(String... arguments) {
        for (String argument : arguments) {
            if (!argument.startsWith("-")) {
                return argument;
            }
        }
        return "";
    }
}
