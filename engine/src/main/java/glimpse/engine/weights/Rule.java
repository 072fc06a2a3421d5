package glimpse.engine.weights;

/** The rules of the safetensors format, one for each way in which a file can be invalid. */
public enum Rule {
    /** A file has at least the 8 bytes of the header's length. */
    FILE_TOO_SHORT,
    /** A header has at most 100,000,000 bytes. */
    HEADER_TOO_LONG,
    /** The header ends within the file. */
    HEADER_BEYOND_FILE,
    /** The header's first byte is <code>{</code>. */
    HEADER_START,
    /** The header is valid UTF-8. */
    HEADER_ENCODING,
    /** The header is JSON. */
    JSON_SYNTAX,
    /** Nothing is nested deeper than a tensor's shape. */
    NESTING,
    /** Only spaces follow the header's closing brace. */
    PADDING,
    /** No object has duplicate keys. */
    DUPLICATE_KEY,
    /** A tensor's entry has no keys other than dtype, shape and data_offsets. */
    UNKNOWN_KEY,
    /** A tensor's entry has all three keys. */
    MISSING_KEY,
    /** An entry is an object, a dtype a string, a shape a list, data_offsets a list of two. */
    ENTRY_TYPE,
    /** <code>__metadata__</code> maps strings to strings. */
    METADATA_TYPE,
    /** A dtype is one of {@link DType}. */
    UNKNOWN_DTYPE,
    /** Dimensions and offsets are integers from 0 to 2^63 - 1, without sign, fraction, exponent or leading zero. */
    INTEGER,
    /** A tensor's size in bits is below 2^63. */
    SIZE_OVERFLOW,
    /** A tensor of a packed type fills whole bytes. */
    PARTIAL_BYTE,
    /** A tensor's data_offsets don't end before they begin. */
    OFFSET_ORDER,
    /** data_offsets span exactly the bytes that shape and dtype need. */
    SIZE_MISMATCH,
    /** Sorted by offset, no tensor begins after the previous one's end (the first: after 0). */
    HOLE,
    /** Sorted by offset, no tensor begins before the previous one's end. */
    OVERLAP,
    /** The last tensor ends where the file does. */
    DATA_END,
    /** A file isn't shortened while it is open. */
    FILE_CHANGED,
    /** A tensor that is read is in the file. */
    TENSOR_NOT_FOUND,
    /** A tensor that is read as float is F32, F16 or BF16. */
    NOT_FLOAT
}
