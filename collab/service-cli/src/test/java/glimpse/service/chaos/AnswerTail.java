package glimpse.service.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the answers of an edge as it writes them. For one thread. */
final class AnswerTail {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Path file;
    private final List<Answer> answers = new ArrayList<>();
    private long read;

    AnswerTail(Path file) {
        this.file = file;
    }

    /** Returns all answers so far, in their order. */
    List<Answer> all() throws IOException {
        if (Files.exists(file) && Files.size(file) > read) {
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
                open.seek(read);
                byte[] bytes = new byte[Math.toIntExact(open.length() - read)];
                open.readFully(bytes);
                String text = new String(bytes, StandardCharsets.UTF_8);
                int end = text.lastIndexOf('\n') + 1;
                text.substring(0, end).lines().map(Answer::of).forEach(answers::add);
                read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return List.copyOf(answers);
    }

    /**
     * Waits for the next answer of the server.
     *
     * @return how long it took; empty if it took longer than the limit
     */
    Optional<Duration> untilServerAnswers(Duration limit) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int seen = all().size();
        while (System.nanoTime() - start < limit.toNanos()) {
            List<Answer> now = all();
            if (now.subList(seen, now.size()).stream().anyMatch(Answer::ofServer)) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            }
            seen = now.size();
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }
}
