package glimpse.evaluation.rows;

import glimpse.evaluation.io.RecordReader;
import glimpse.evaluation.io.RecordReader.Piece;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a file as an earlier evaluation left them, however it ended. Whatever isn't a whole row is passed over.
 *
 * @param uploads the uploads that the rows have results of
 * @param rows the rows, in the file's order
 * @param leading number of rows before anything else
 * @param leadingBytes length of the header and the leading rows; 0 if there is no header
 */
record StoredRows(List<Upload> uploads, List<ImageResult> rows, int leading, long leadingBytes) {
    private static final StoredRows NONE = new StoredRows(List.of(), List.of(), 0, 0);

    /** Copies the lists. */
    StoredRows {
        uploads = List.copyOf(uploads);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file. One that doesn't exist, or that ends within its first line, has no rows.
     *
     * @throws RunFolderException if the file begins with another header than an evaluation's
     */
    static StoredRows read(Path file, ResultRanges ranges) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        try (RecordReader reader = new RecordReader(file)) {
            Optional<Piece> header = reader.next();
            Optional<Piece> record = reader.next();
            if (header.isEmpty() || (record.isEmpty() && header.get().text().isEmpty())) {
                return NONE;
            }
            ImageResultFormat format = header.get()
                    .text()
                    .flatMap(text -> ImageResultFormat.ofHeader(text, ranges))
                    .orElseThrow(
                            () -> new RunFolderException(file + ": its first line isn't that of an evaluation's rows"
                                    + "; choose another folder or discard it with --fresh"));
            List<ImageResult> rows = new ArrayList<>();
            int leading = 0;
            long leadingBytes = header.get().end();
            boolean whole = true;
            for (; record.isPresent(); record = reader.next()) {
                Optional<ImageResult> row = record.get().text().flatMap(format::parse);
                row.ifPresent(rows::add);
                whole &= row.isPresent();
                if (whole) {
                    leading++;
                    leadingBytes = record.get().end();
                }
            }
            return new StoredRows(format.uploads(), rows, leading, leadingBytes);
        }
    }

    /** Returns whether rows follow something that isn't a row. */
    boolean hasGap() {
        return leading < rows.size();
    }
}
