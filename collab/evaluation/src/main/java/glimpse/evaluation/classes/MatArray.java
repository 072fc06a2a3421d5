package glimpse.evaluation.classes;

import glimpse.evaluation.listing.DatasetException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An array of a MATLAB 5 file.
 *
 * @param kind the number of its class; 2 is a structure, 4 text
 * @param elements how many there are
 * @param name the variable's name; empty for an array within another
 * @param content the data elements that follow, which depend on the class
 */
record MatArray(int kind, long elements, String name, ByteBuffer content) {
    private static final int STRUCTURE = 2;
    private static final int LONGEST_FIELD_NAME = 64;

    /**
     * Reads an array's head.
     *
     * @throws DatasetException if the element isn't an array
     */
    static MatArray of(MatElement element) throws DatasetException {
        if (element.type() != MatElement.MATRIX) {
            throw new DatasetException("an element of type " + element.type() + ", expected an array");
        }
        ByteBuffer content = element.bytes();
        if (content.limit() == 0) {
            return new MatArray(0, 0, "", content); // how an empty field may be written
        }
        int kind = (int) required(content, MatElement.UINT32).number() & 0xff;
        long count = 1;
        ByteBuffer sides = required(content, MatElement.INT32).bytes();
        while (sides.remaining() >= Integer.BYTES) {
            int side = sides.getInt();
            if (side < 0 || count * side > Integer.MAX_VALUE) {
                throw new DatasetException("an array with a side of " + side + ", expected a smaller one");
            }
            count *= side;
        }
        return new MatArray(kind, count, required(content, MatElement.INT8).text(), content);
    }

    private static MatElement required(ByteBuffer from, int type) throws DatasetException {
        MatElement element = MatElement.next(from);
        if (element.type() != type) {
            throw new DatasetException(
                    "an element of type " + element.type() + " in the head of an array, expected " + type);
        }
        return element;
    }

    boolean isStructure() {
        return kind == STRUCTURE;
    }

    /**
     * Reads the names of a structure's fields. Their arrays follow in the content: all fields of the first element,
     * then those of the second, and so on.
     */
    List<String> fields() throws DatasetException {
        double length = required(content, MatElement.INT32).number();
        if (length < 1 || length > LONGEST_FIELD_NAME) {
            throw new DatasetException("field names of " + (long) length + " bytes, expected 1.." + LONGEST_FIELD_NAME);
        }
        String names = required(content, MatElement.INT8).text(); // each padded with zeros
        List<String> fields = new ArrayList<>();
        for (int begin = 0; begin + length <= names.length(); begin += (int) length) {
            String name = names.substring(begin, begin + (int) length);
            fields.add(name.indexOf('\0') < 0 ? name : name.substring(0, name.indexOf('\0')));
        }
        return fields;
    }

    /** Reads the number that this array consists of. */
    double number() throws DatasetException {
        return MatElement.next(content).number();
    }

    /** Reads the text that this array consists of. */
    String text() throws DatasetException {
        return MatElement.next(content).text();
    }
}
