package glimpse.service.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.WireFormat;
import io.grpc.Status;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the number of a message's fields, elements of lists included: an empty element takes two bytes on its way but
 * dozens as an object, so that a message within the limit for bodies could fill the heap.
 */
final class FieldCount {
    /** Far more than any request has whose tensors are raw, strings of bytes or packed floats. */
    static final int MOST = 1 << 16;

    private static final Set<JavaType> FLOATS = Set.of(JavaType.FLOAT, JavaType.DOUBLE); // as long in memory

    private int left = MOST;

    private FieldCount() {}

    /**
     * Counts the fields of a message before it is parsed. What is malformed is left to the parser, which gets no
     * further.
     *
     * @throws io.grpc.StatusRuntimeException if there are too many, or one is a group
     */
    static void check(CodedInputStream message, Descriptor type) {
        try {
            new FieldCount().count(message, type);
        } catch (IOException _) { // the parser will say so
        }
    }

    private void count(CodedInputStream in, Descriptor type) throws IOException {
        while (!in.isAtEnd()) {
            int tag = in.readTag();
            spend(1);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                    countWithin(in, type.findFieldByNumber(WireFormat.getTagFieldNumber(tag)));
                case WireFormat.WIRETYPE_START_GROUP, WireFormat.WIRETYPE_END_GROUP ->
                    throw invalid("the message has a group");
                default -> in.skipField(tag);
            }
        }
    }

    private void countWithin(CodedInputStream in, @Nullable FieldDescriptor field) throws IOException {
        int length = in.readRawVarint32();
        if (field != null && field.getJavaType() == JavaType.MESSAGE) {
            int outer = in.pushLimit(length);
            count(in, field.getMessageType());
            in.popLimit(outer);
            return;
        }
        if (field != null && field.isPackable() && !FLOATS.contains(field.getJavaType())) {
            spend(length); // packed integers, of one byte or more each
        }
        in.skipRawBytes(length);
    }

    private void spend(int fields) {
        left -= fields;
        if (left < 0 || fields < 0) {
            throw invalid("the message has more than " + MOST + " fields");
        }
    }

    private static RuntimeException invalid(String message) {
        return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
    }
}
