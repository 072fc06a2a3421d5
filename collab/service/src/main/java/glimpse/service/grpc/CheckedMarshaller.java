package glimpse.service.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Parses requests once their fields have been counted. Their strings of bytes aren't copied again, but are parts of one
 * array. Thread-safe.
 */
final class CheckedMarshaller<T> implements Marshaller<T> {
    private final PrototypeMarshaller<T> marshaller;
    private final Message prototype;

    private CheckedMarshaller(PrototypeMarshaller<T> marshaller) {
        this.marshaller = marshaller;
        this.prototype = (Message) Objects.requireNonNull(marshaller.getMessagePrototype());
    }

    /** Returns a marshaller of the same type as another, which must be a generated service's. */
    static <T> CheckedMarshaller<T> of(Marshaller<T> marshaller) {
        return new CheckedMarshaller<>((PrototypeMarshaller<T>) marshaller);
    }

    /** Returns a service whose requests are checked. */
    static ServerServiceDefinition checked(ServerServiceDefinition service) {
        ServerServiceDefinition.Builder checked =
                ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
        service.getMethods().forEach(method -> add(checked, method));
        return checked.build();
    }

    private static <Q, R> void add(ServerServiceDefinition.Builder service, ServerMethodDefinition<Q, R> method) {
        MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
        service.addMethod(
                descriptor.toBuilder(of(descriptor.getRequestMarshaller()), descriptor.getResponseMarshaller())
                        .build(),
                method.getServerCallHandler());
    }

    @Override
    public InputStream stream(T message) {
        return marshaller.stream(message);
    }

    /** Returns the message; fails with a status. */
    @Override
    public T parse(InputStream stream) {
        try {
            ByteString bytes = UnsafeByteOperations.unsafeWrap(read(stream));
            FieldCount.check(bytes.newCodedInput(), prototype.getDescriptorForType());
            CodedInputStream in = bytes.newCodedInput();
            in.enableAliasing(true);
            Message message = prototype.getParserForType().parseFrom(in);
            in.checkLastTagWas(0);
            return marshaller.getMessageClass().cast(message);
        } catch (InvalidProtocolBufferException e) {
            throw Status.INTERNAL
                    .withDescription("Invalid protobuf byte sequence")
                    .withCause(e)
                    .asRuntimeException();
        } catch (IOException e) {
            throw Status.INTERNAL.withCause(e).asRuntimeException();
        }
    }

    private static byte[] read(InputStream stream) throws IOException {
        int known = stream.available(); // all of a message that isn't compressed
        if (known == 0) {
            return stream.readAllBytes();
        }
        byte[] bytes = new byte[known];
        int read = stream.readNBytes(bytes, 0, known);
        if (read < known || stream.read() >= 0) {
            throw new IOException("a message doesn't have the " + known + " bytes that were there");
        }
        return bytes;
    }
}
