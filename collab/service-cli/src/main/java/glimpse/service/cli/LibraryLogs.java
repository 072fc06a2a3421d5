package glimpse.service.cli;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** What the libraries log: warnings and errors, unless the user configures the JDK's logging. */
final class LibraryLogs {
    // held, because the JDK forgets a logger and its level that nobody refers to
    private static final List<Logger> LOGGERS =
            Stream.of("com.linecorp.armeria", "io.netty").map(Logger::getLogger).toList();

    private LibraryLogs() {}

    static void limit() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            LOGGERS.forEach(logger -> logger.setLevel(Level.WARNING));
        }
    }
}
