package glimpse.evaluation.parquet;

import glimpse.evaluation.parquet.FileFooter.SchemaElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the columns of labelled images are, as the Hugging Face hub's data sets have them. */
record ImageColumns(Column bytes, Column path, Column label) {
    private static final String EXPECTED = ", expected image (a struct of bytes and path) and label (an integer)";
    private static final int MAX_DEPTH = 24;
    private static final int MOST_NAMES = 8;

    /**
     * A column.
     *
     * @param name its name, with the groups it is in
     * @param index its index among all columns
     * @param levels how many of the groups it is in, and itself, may be missing
     */
    record Column(String name, int index, int levels) {}

    static ImageColumns find(List<SchemaElement> schema) throws ParquetException {
        List<Column> columns = new Walk(schema).columns();
        Optional<Column> bytes = find(columns, "image.bytes");
        Optional<Column> path = find(columns, "image.path");
        Optional<Column> label = find(columns, "label");
        if (bytes.isEmpty() || path.isEmpty() || label.isEmpty()) {
            List<String> names =
                    columns.stream().limit(MOST_NAMES).map(Column::name).toList();
            throw new ParquetException("has the columns " + String.join(", ", names)
                    + (columns.size() > MOST_NAMES ? ", ..." : "") + EXPECTED);
        }
        return new ImageColumns(bytes.get(), path.get(), label.get());
    }

    private static Optional<Column> find(List<Column> columns, String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Lists the columns, without those of lists, which have no value of their own for each row. */
    private static final class Walk {
        private final List<SchemaElement> schema;
        private final List<Column> columns = new ArrayList<>();
        private int next;
        private int index;

        Walk(List<SchemaElement> schema) {
            this.schema = schema;
        }

        List<Column> columns() throws ParquetException {
            SchemaElement root = element();
            for (int i = 0; i < root.children(); i++) {
                visit("", 0, false, 0);
            }
            return columns;
        }

        private void visit(String prefix, int levels, boolean inList, int depth) throws ParquetException {
            SchemaElement element = element();
            String name = prefix + element.name();
            int inner = levels + (element.optional() ? 1 : 0);
            boolean repeated = inList || element.repeated();
            if (element.children() == 0) {
                if (!repeated) {
                    columns.add(new Column(name, index, inner));
                }
                index++;
                return;
            }
            if (depth >= MAX_DEPTH) {
                throw new ParquetException("has groups nested more than " + MAX_DEPTH + " deep");
            }
            for (int i = 0; i < element.children(); i++) {
                visit(name + ".", inner, repeated, depth + 1);
            }
        }

        private SchemaElement element() throws ParquetException {
            if (next >= schema.size()) {
                throw new ParquetException("has a schema that ends too early");
            }
            return schema.get(next++);
        }
    }
}
