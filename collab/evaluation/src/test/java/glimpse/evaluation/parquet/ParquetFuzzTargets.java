package glimpse.evaluation.parquet;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** The reader of Parquet files. */
public final class ParquetFuzzTargets implements FuzzTargets {
    private static final int MOST_IMAGES = 16;
    private static final int SNAPPY_LENGTH = 1000;

    /** Makes the list; called by the service loader. */
    public ParquetFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("parquet", ParquetFuzzTargets::images, ParquetException.class),
                FuzzTarget.of("snappy", ParquetFuzzTargets::snappy, IOException.class));
    }

    private static void images(byte[] input) throws IOException {
        Path path = Scratch.write("input.parquet", input);
        ParquetImageFile file = ParquetImageFile.open(path);
        for (int row = Math.min(file.rows().size(), MOST_IMAGES) - 1; row >= 0; row--) {
            try {
                file.image(row);
            } catch (ParquetException e) {
                if (e.getMessage() == null) {
                    throw new AssertionError("row " + row, e);
                }
            }
        }
    }

    private static void snappy(byte[] input) throws IOException {
        try (InputStream in = new Snappy(new ByteArrayInputStream(input), SNAPPY_LENGTH)) {
            if (in.readAllBytes().length != SNAPPY_LENGTH) {
                throw new AssertionError("not the declared length");
            }
        }
    }
}
