package glimpse.evaluation.parquet;

import glimpse.evaluation.io.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a Parquet file says about itself at its end.
 *
 * @param schema the columns and groups, each group followed by what is in it
 * @param rowGroups the parts of the file
 * @param features what the datasets library says about the columns, as JSON; empty if there is nothing
 * @param sha256 the hash of the footer as it is stored
 */
record FileFooter(List<SchemaElement> schema, List<RowGroup> rowGroups, Optional<String> features, String sha256) {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
    private static final byte[] ENCRYPTED = {'P', 'A', 'R', 'E'};
    private static final int END_BYTES = 8; // length and signature
    private static final int MAX_BYTES = 1 << 26;
    private static final String FEATURES = "huggingface";

    /**
     * A column or group.
     *
     * @param name its name
     * @param children how many elements are in it; 0 for a column
     * @param optional whether it may be missing
     * @param repeated whether it is a list's
     */
    record SchemaElement(String name, int children, boolean optional, boolean repeated) {}

    /**
     * Rows that are stored together.
     *
     * @param rows how many there are
     * @param columns their columns, in the schema's order
     */
    record RowGroup(long rows, List<ColumnChunk> columns) {}

    /** Returns whether a file begins as a Parquet file. */
    static boolean matches(Path file) throws IOException {
        byte[] start = new FileRange(file, 0, Math.min(MAGIC.length, Files.size(file))).readAllBytes();
        return Arrays.equals(start, MAGIC) || Arrays.equals(start, ENCRYPTED);
    }

    /**
     * Reads a file's footer.
     *
     * @throws ParquetException if it isn't a whole Parquet file
     */
    static FileFooter read(Path file) throws IOException {
        long length = Files.size(file);
        if (length < MAGIC.length + END_BYTES || !matches(file)) {
            throw new ParquetException("not a Parquet file");
        }
        byte[] end = new FileRange(file, length - END_BYTES, END_BYTES).readAllBytes();
        byte[] magic = Arrays.copyOfRange(end, 4, END_BYTES);
        if (Arrays.equals(magic, ENCRYPTED)) {
            throw new ParquetException("is encrypted, expected a file without encryption");
        }
        if (!Arrays.equals(magic, MAGIC)) {
            throw new ParquetException("doesn't end as a Parquet file; is it complete?");
        }
        long bytes = (end[0] & 0xffL) | (end[1] & 0xffL) << 8 | (end[2] & 0xffL) << 16 | (end[3] & 0xffL) << 24;
        if (bytes > Math.min(length - END_BYTES - MAGIC.length, MAX_BYTES)) {
            throw new ParquetException("declares a footer of " + bytes + " bytes, expected at most "
                    + Math.min(length - END_BYTES - MAGIC.length, MAX_BYTES));
        }
        byte[] footer = new FileRange(file, length - END_BYTES - bytes, bytes).readAllBytes();
        return new Parser(length).parse(footer);
    }

    private static final class Parser {
        private final long fileBytes;
        private final List<SchemaElement> schema = new ArrayList<>();
        private final List<RowGroup> rowGroups = new ArrayList<>();
        private String features = "";

        Parser(long fileBytes) {
            this.fileBytes = fileBytes;
        }

        FileFooter parse(byte[] footer) throws IOException {
            ThriftReader in = new ThriftReader(new ByteArrayInputStream(footer), footer.length);
            in.struct((id, type) -> {
                switch (id) {
                    case 2 -> in.list(type, element -> schema.add(schemaElement(in, element)));
                    case 4 -> in.list(type, element -> addRowGroup(in, element));
                    case 5 -> in.list(type, element -> keyAndValue(in, element));
                    default -> in.skip(type);
                }
            });
            return new FileFooter(
                    List.copyOf(schema),
                    List.copyOf(rowGroups),
                    features.isEmpty() ? Optional.empty() : Optional.of(features),
                    Sha256.of(footer));
        }

        private static SchemaElement schemaElement(ThriftReader in, int element) throws IOException {
            String[] name = {""};
            int[] numbers = new int[2]; // children, repetition
            in.struct(element, (id, type) -> {
                switch (id) {
                    case 3 -> numbers[1] = in.size(type);
                    case 4 -> name[0] = text(in.binary(type));
                    case 5 -> numbers[0] = in.size(type);
                    default -> in.skip(type);
                }
            });
            return new SchemaElement(name[0], numbers[0], numbers[1] == 1, numbers[1] == 2);
        }

        /** Adds the next row group, unless it is empty: nothing need be right about that one's columns. */
        private void addRowGroup(ThriftReader in, int element) throws IOException {
            List<ColumnChunk> columns = new ArrayList<>();
            long[] rows = {-1};
            in.struct(element, (id, type) -> {
                switch (id) {
                    case 1 -> in.list(type, inner -> columns.add(chunk(in, inner)));
                    case 3 -> rows[0] = in.integer(type);
                    default -> in.skip(type);
                }
            });
            if (rows[0] < 0) {
                throw new ParquetException("a row group declares " + rows[0] + " rows");
            }
            if (rows[0] > 0) {
                for (ColumnChunk column : columns) {
                    requireInFile(column);
                }
                rowGroups.add(new RowGroup(rows[0], List.copyOf(columns)));
            }
        }

        private void requireInFile(ColumnChunk column) throws ParquetException {
            if (column.offset() < MAGIC.length || column.bytes() < 0 || column.bytes() > fileBytes - column.offset()) {
                throw new ParquetException("declares " + column.bytes() + " bytes of a column at byte "
                        + column.offset() + ", but has only " + fileBytes + "; is it complete?");
            }
        }

        private static ColumnChunk chunk(ThriftReader in, int element) throws IOException {
            long[] values = new long[12]; // of the fields with these numbers
            in.struct(element, (id, type) -> {
                switch (id) {
                    case 1 -> throw new ParquetException("has its columns in other files, which isn't supported");
                    case 3 ->
                        in.struct(type, (inner, innerType) -> {
                            switch (inner) {
                                case 1, 4, 5, 7, 9, 11 -> values[inner] = in.integer(innerType);
                                default -> in.skip(innerType);
                            }
                        });
                    default -> in.skip(type);
                }
            });
            // some writers have the dictionary before the data, and 0 for none
            long offset = values[11] > 0 ? Math.min(values[11], values[9]) : values[9];
            return new ColumnChunk((int) values[1], values[4], offset, values[7]);
        }

        private void keyAndValue(ThriftReader in, int element) throws IOException {
            String[] texts = {"", ""};
            in.struct(element, (id, type) -> {
                switch (id) {
                    case 1, 2 -> texts[id - 1] = text(in.binary(type));
                    default -> in.skip(type);
                }
            });
            if (texts[0].equals(FEATURES)) {
                features = texts[1];
            }
        }

        private static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
