package glimpse.evaluation.parquet;

/**
 * A column's part in a row group.
 *
 * @param physicalType a number of the format
 * @param compression a number of the format
 * @param offset where its first page begins in the file
 * @param bytes the length of its pages
 */
record ColumnChunk(int physicalType, long compression, long offset, long bytes) {
    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int BYTE_ARRAY = 6;
}
