package glimpse.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.cli.command.EdgeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the operations page says of options. */
class OperationsOptionsTest {
    private static final Pattern NAMED = Pattern.compile("`(--[a-z][a-z0-9-]*)");
    private static final Pattern LIMIT = Pattern.compile("--max-.*|--.*-timeout|--batch-patches");

    private static Set<String> page() throws IOException {
        String page = Files.readString(Path.of("..", "service", "OPERATIONS.md"));
        return NAMED.matcher(page)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> options(Object command) {
        return new CommandLine(command).getCommandSpec().optionsMap().keySet();
    }

    @Test
    void everyOptionOfThePageExists() throws IOException {
        Set<String> options = new TreeSet<>(options(new ServeCommand()));
        options.addAll(options(new EdgeCommand()));
        assertThat(options).containsAll(page());
    }

    @Test
    void everyLimitIsOnThePage() throws IOException {
        Set<String> limits = options(new ServeCommand()).stream()
                .filter(LIMIT.asMatchPredicate())
                .collect(Collectors.toSet());
        assertThat(limits).hasSizeGreaterThan(8);
        assertThat(page()).containsAll(limits);
    }
}
