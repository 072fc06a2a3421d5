package glimpse.service.grpc;

import com.linecorp.armeria.common.ExchangeType;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.RoutingContext;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import com.linecorp.armeria.server.grpc.GrpcHealthCheckService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.healthcheck.ListenableHealthChecker;
import glimpse.service.metrics.ServerMetrics;
import glimpse.service.oip.InferenceStarter;
import glimpse.service.oip.Repository;
import glimpse.service.proto.inference.GRPCInferenceServiceGrpc;
import glimpse.service.proto.patches.PatchesGrpc;
import java.time.Duration;
import java.util.concurrent.Executor;

/** Binds the gRPC services: the Open Inference Protocol, patches, and {@code grpc.health.v1.Health}. */
public final class GrpcServices {
    private static final String HEALTH_PATH = "/grpc.health.v1.Health/";
    private static final int HEALTH_BYTES = 1024; // the library parses these unchecked

    private GrpcServices() {}

    /**
     * Binds the services.
     *
     * @param ready whether the server accepts requests
     * @param maxMessageBytes the longest message
     * @param maxWait the longest that a call may take, or a stream may be idle
     * @param executor makes the responses
     */
    public static void bind(
            ServerBuilder builder,
            Repository repository,
            InferenceStarter starter,
            ServerMetrics metrics,
            ListenableHealthChecker ready,
            long maxMessageBytes,
            Duration maxWait,
            Executor executor) {
        GrpcService service = GrpcService.builder()
                .addService(CheckedMarshaller.checked(
                        GRPCInferenceServiceGrpc.bindService(new InferenceGrpc(repository, starter, ready))))
                .addService(CheckedMarshaller.checked(
                        PatchesGrpc.bindService(new PatchesCalls(repository, metrics, ready, executor))))
                .addService(GrpcHealthCheckService.builder().checkers(ready).build())
                .maxRequestMessageLength((int) Math.min(maxMessageBytes, Integer.MAX_VALUE))
                .decompressorRegistry(CountedDecompressor.registry())
                .exceptionHandler((context, status, cause, metadata) -> Statuses.outside(cause, metadata))
                // JSON's messages would be parsed unchecked
                .supportedSerializationFormats(
                        GrpcSerializationFormats.PROTO,
                        GrpcSerializationFormats.PROTO_WEB,
                        GrpcSerializationFormats.PROTO_WEB_TEXT)
                .useBlockingTaskExecutor(true)
                .useClientTimeoutHeader(false) // it may be longer than the server's limit
                .build();
        for (Route route : service.routes()) {
            builder.route()
                    .addRoute(route)
                    // a stream may be longer than a message
                    .maxRequestLength(route.patternString().startsWith(HEALTH_PATH) ? HEALTH_BYTES : 0)
                    .decorator((delegate, context, request) -> {
                        context.logBuilder().requestContent(null, null); // would keep the message until the response
                        CallDeadline.begin(context, request.headers().get("grpc-timeout"), maxWait);
                        return delegate.serve(context, request);
                    })
                    .build(new StreamedBodies(service));
        }
    }

    /** Takes bodies as streams: one that the server collects itself is kept until the response. */
    private static final class StreamedBodies extends SimpleDecoratingHttpService {
        StreamedBodies(HttpService service) {
            super(service);
        }

        @Override
        public ExchangeType exchangeType(RoutingContext context) {
            ExchangeType type = ((HttpService) unwrap()).exchangeType(context);
            return type == ExchangeType.UNARY ? ExchangeType.REQUEST_STREAMING : type;
        }

        @Override
        public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
            return unwrap().serve(context, request);
        }
    }
}
