package glimpse.cli.extension;

import java.util.List;

/** Adds commands to the program, which finds providers by {@link java.util.ServiceLoader}. */
public interface CommandProvider {
    /** Returns new commands: objects whose classes picocli's {@code Command} annotates. */
    List<Object> commands();
}
