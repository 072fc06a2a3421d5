package glimpse.evaluation.rows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The names that a file of rows gets while another takes its place: {@code images.csv.1}, {@code images.csv.2}. */
final class AsideFiles {
    private AsideFiles() {}

    /** Returns the files that were set aside, the newest first. */
    static List<Path> of(Path file) {
        List<Path> aside = new ArrayList<>();
        for (int number = 1; Files.exists(numbered(file, number)); number++) {
            aside.addFirst(numbered(file, number));
        }
        return aside;
    }

    /** Returns the name for the next file that is set aside. */
    static Path next(Path file) {
        return numbered(file, of(file).size() + 1);
    }

    /** Deletes all files that were set aside. */
    static void delete(Path file) throws IOException {
        for (Path aside : of(file)) { // the newest first, so that the numbers have no gap
            Files.delete(aside);
        }
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
