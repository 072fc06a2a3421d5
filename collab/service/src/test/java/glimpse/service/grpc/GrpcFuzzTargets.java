package glimpse.service.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import glimpse.service.oip.InferRequest;
import glimpse.service.oip.OipException;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc;
import glimpse.service.proto.inference.ModelInferRequest;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;

/** The readers of gRPC's messages and of its deadlines. */
public final class GrpcFuzzTargets implements FuzzTargets {
    private static final CheckedMarshaller<ModelInferRequest> MARSHALLER =
            CheckedMarshaller.of(GRPCInferenceServiceGrpc.getModelInferMethod().getRequestMarshaller());
    private static final Duration LONGEST = Duration.ofHours(99_999_999);

    /** Makes the list; called by the service loader. */
    public GrpcFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of(
                        "grpc-request", GrpcFuzzTargets::request, OipException.class, StatusRuntimeException.class),
                FuzzTarget.of("grpc-timeout", GrpcFuzzTargets::timeout));
    }

    private static void request(byte[] input) throws OipException, InvalidProtocolBufferException {
        ModelInferRequest message = MARSHALLER.parse(new ByteArrayInputStream(input));
        Texts.requireEqual(ModelInferRequest.parseFrom(input), message);
        InferRequest request = InferMessages.read(message);
        Texts.requireEqual(message.getInputsCount(), request.inputs().size());
        Texts.requireEqual(message.getOutputsCount(), request.outputs().size());
    }

    private static void timeout(byte[] input) {
        Duration timeout = CallDeadline.parse(Texts.of(input));
        Texts.requireEqual(false, timeout.isNegative());
        Texts.requireEqual(true, timeout.compareTo(LONGEST) <= 0);
    }
}
