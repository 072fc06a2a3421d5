package glimpse.cli.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Files that may still be written. One has arrived when it hasn't changed for a moment, longer if it doesn't end as an
 * image does: whoever writes it may be slow, or it is damaged. For one thread.
 */
final class Arrivals {
    static final Duration QUIET = Duration.ofMillis(100);
    static final Duration QUIET_IF_INCOMPLETE = Duration.ofSeconds(2);

    private final Predicate<ImageVersion> answered;
    private final Map<Path, Seen> pending = new LinkedHashMap<>();

    private record Seen(Optional<ImageVersion> version, long sinceNanos) {}

    /** Starts with no file; what has been answered never arrives. */
    Arrivals(Predicate<ImageVersion> answered) {
        this.answered = answered;
    }

    /** Notes that a file is there or has changed. */
    void noticed(Path file) {
        pending.putIfAbsent(file, new Seen(Optional.empty(), 0));
    }

    /** Returns whether no file is being waited for. */
    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** Looks at the files and returns those that have arrived, in the order in which they were noticed. */
    List<Path> take(long nowNanos) throws IOException {
        List<Path> arrived = new ArrayList<>();
        for (Iterator<Map.Entry<Path, Seen>> files = pending.entrySet().iterator(); files.hasNext(); ) {
            Map.Entry<Path, Seen> file = files.next();
            Optional<ImageVersion> now = ImageVersion.of(file.getKey());
            if (now.isEmpty() || answered.test(now.get())) {
                files.remove();
            } else if (!now.equals(file.getValue().version())) {
                file.setValue(new Seen(now, nowNanos));
            } else if (isQuiet(file.getKey(), nowNanos - file.getValue().sinceNanos())) {
                arrived.add(file.getKey());
                files.remove();
            }
        }
        return arrived;
    }

    private static boolean isQuiet(Path file, long nanos) {
        if (nanos < QUIET.toNanos()) {
            return false;
        }
        try {
            return nanos >= QUIET_IF_INCOMPLETE.toNanos() || CompleteImage.is(file);
        } catch (IOException e) {
            return false; // if it stays unreadable, the answer will say why
        }
    }
}
