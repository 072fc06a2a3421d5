package glimpse.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.service.queue.RefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operations page and its board say of metrics. */
class OperationsTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:glimpse|jvm|process)_[a-z_]+");

    @TempDir
    static Path folder;

    private static Set<String> metrics = Set.of();

    @BeforeAll
    static void readMetrics() throws IOException, InterruptedException {
        try (TestServer server = TestServer.start(folder)) {
            server.post(TestServer.request(1), "X-Request-Id", "first");
            server.post(TestServer.request(2), "X-Request-Id", "late", "Glimpse-Deadline-Millis", "0");
            server.accessLogLine("first");
            server.accessLogLine("late");
            metrics = server.get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everyMetricOfTheBoardExists() throws IOException {
        JsonNode board = new ObjectMapper()
                .readTree(Path.of("operations", "grafana.json").toFile());
        List<String> expressions = board.findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(10);
        for (String expression : expressions) {
            assertThat(metrics).containsAll(named(expression));
        }
    }

    @Test
    void everyMetricOfThePageExists() throws IOException {
        Set<String> named = named(Files.readString(Path.of("OPERATIONS.md")));
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(metrics).containsAll(named);
    }

    @Test
    void everyReasonWhyTheQueueRefusesIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("OPERATIONS.md"));
        for (Reason reason : Reason.values()) {
            assertThat(page).contains("`" + reason.label() + "`");
        }
    }

    private static Set<String> named(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
