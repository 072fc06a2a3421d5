package glimpse.evaluation.parquet;

import java.io.IOException;

/**
 * The header of a page.
 *
 * @param kind what it holds
 * @param bytes the page's length in the file
 * @param plainBytes its length without compression
 * @param values the number of values, missing ones included
 * @param encoding a number of the format
 * @param levelBytes the length of the definition levels; of version 2 alone, in which they aren't compressed
 * @param compressed whether the values are compressed
 */
record PageHeader(Kind kind, int bytes, int plainBytes, int values, int encoding, int levelBytes, boolean compressed) {
    static final int PLAIN = 0;
    static final int PLAIN_DICTIONARY = 2; // the older name of the next
    static final int RLE_DICTIONARY = 8;

    private static final int MAX_BYTES = 1 << 24; // of the header, which may hold statistics

    /** What a page holds. */
    enum Kind {
        DATA,
        DATA_V2,
        DICTIONARY,
        OTHER
    }

    static PageHeader read(FileRange in) throws IOException {
        return new Parser().parse(new ThriftReader(in, MAX_BYTES));
    }

    private static final class Parser {
        private Kind kind = Kind.OTHER;
        private int bytes = -1;
        private int plainBytes = -1;
        private int values = -1;
        private int encoding = PLAIN;
        private int levelBytes;
        private boolean compressed = true;

        PageHeader parse(ThriftReader in) throws IOException {
            in.struct((id, type) -> {
                switch (id) {
                    case 1 -> kind = kind(in.integer(type));
                    case 2 -> plainBytes = in.size(type);
                    case 3 -> bytes = in.size(type);
                    case 5, 7 -> in.struct(type, (inner, innerType) -> version1(in, inner, innerType));
                    case 8 -> in.struct(type, (inner, innerType) -> version2(in, inner, innerType));
                    default -> in.skip(type);
                }
            });
            if (bytes < 0 || plainBytes < 0 || (kind != Kind.OTHER && values < 0)) {
                throw new ParquetException("a page's header lacks its lengths");
            }
            return new PageHeader(kind, bytes, plainBytes, values, encoding, levelBytes, compressed);
        }

        private static Kind kind(long code) {
            return code == 0 ? Kind.DATA : code == 2 ? Kind.DICTIONARY : code == 3 ? Kind.DATA_V2 : Kind.OTHER;
        }

        /** Data and dictionary pages begin with the same fields. */
        private void version1(ThriftReader in, int id, int type) throws IOException {
            switch (id) {
                case 1 -> values = in.size(type);
                case 2 -> encoding = in.size(type);
                default -> in.skip(type);
            }
        }

        private void version2(ThriftReader in, int id, int type) throws IOException {
            switch (id) {
                case 1 -> values = in.size(type);
                case 4 -> encoding = in.size(type);
                case 5 -> levelBytes = in.size(type);
                case 7 -> compressed = in.bool(type);
                default -> in.skip(type);
            }
        }
    }
}
