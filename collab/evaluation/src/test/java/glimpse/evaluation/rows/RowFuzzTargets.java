package glimpse.evaluation.rows;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The readers of what an interrupted run has left. */
public final class RowFuzzTargets implements FuzzTargets {
    private static final ResultRanges RANGES = new ResultRanges(3, 16);

    /** Makes the list; called by the service loader. */
    public RowFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("rows", RowFuzzTargets::rows, RunFolderException.class),
                FuzzTarget.of("run-json", RowFuzzTargets::runJson));
    }

    private static void rows(byte[] input) throws IOException {
        StoredRows stored = StoredRows.read(Scratch.write("images.csv", input), RANGES);
        if (stored.rows().isEmpty()) {
            return;
        }
        ImageResultFormat format = new ImageResultFormat(stored.uploads(), RANGES);
        StringBuilder written = new StringBuilder(format.header());
        stored.rows().forEach(row -> written.append(format.line(row)));
        byte[] again = written.toString().getBytes(StandardCharsets.UTF_8);
        Texts.requireEqual(
                new StoredRows(stored.uploads(), stored.rows(), stored.rows().size(), again.length),
                StoredRows.read(Scratch.write("images.csv", again), RANGES));
    }

    private static void runJson(byte[] input) throws IOException {
        Optional<Fingerprint> read = Fingerprint.read(Scratch.write("run.json", input));
        if (read.isPresent()) {
            byte[] written = read.get().toJson().getBytes(StandardCharsets.UTF_8);
            Texts.requireEqual(read, Fingerprint.read(Scratch.write("run.json", written)));
            Texts.requireEqual(List.of(), read.get().differences(read.get()));
        }
    }
}
