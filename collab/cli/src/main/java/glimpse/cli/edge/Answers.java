package glimpse.cli.edge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The answers that have been given, one line of JSON each, and which images they were for. A line counts once its
 * destination has it: an image is answered exactly once, even if the process is killed in between. For one thread.
 */
public final class Answers implements Closeable {
    private final Destination destination;
    private final Map<String, ImageVersion> answered = new HashMap<>(); // by name, the last version of each

    /** Where lines go. */
    public interface Destination extends Closeable {
        /** Adds a line, which is there for good when this returns. */
        void append(String line) throws IOException;
    }

    /** Starts without answers, or with those that the destination has already. */
    public Answers(Destination destination, Collection<ImageVersion> earlier) {
        this.destination = destination;
        earlier.forEach(version -> answered.put(version.image(), version));
    }

    /** Returns whether this image has its answer. */
    public boolean contains(ImageVersion version) {
        return version.equals(answered.get(version.image()));
    }

    /** Adds the answer for an image. */
    public void add(ImageVersion version, String line) throws IOException {
        destination.append(line);
        answered.put(version.image(), version);
    }

    /** Forgets images whose files have gone, so that a folder that is emptied takes no memory. */
    void forgetAllBut(Collection<Path> files) {
        Set<String> there = files.stream().map(Path::toString).collect(Collectors.toSet());
        answered.keySet().retainAll(there);
    }

    @Override
    public void close() throws IOException {
        destination.close();
    }
}
