package glimpse.service.rest;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.encoding.DecodingService;
import glimpse.service.http.BodyBudget;
import glimpse.service.http.HealthService;
import glimpse.service.oip.InferenceStarter;
import glimpse.service.oip.ModelInterface;
import glimpse.service.oip.OipException;
import glimpse.service.oip.Repository;
import glimpse.service.oip.json.Documents;
import glimpse.service.oip.json.IndexRequestReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Binds the Open Inference Protocol's services to their paths below {@code /v2}. */
public final class InferenceProtocol {
    private static final String MODEL = "/v2/models/{name}";
    private static final String MODEL_VERSION = MODEL + "/versions/{version}";

    private final Repository repository;

    private InferenceProtocol(Repository repository) {
        this.repository = repository;
    }

    /**
     * Binds the services.
     *
     * @param ready whether the server accepts requests
     * @param maxWait the longest that a request may take, from its headers to its response
     */
    public static void bind(
            ServerBuilder builder,
            Repository repository,
            InferenceStarter starter,
            BooleanSupplier ready,
            Duration maxWait) {
        InferenceProtocol protocol = new InferenceProtocol(repository);
        get(builder, "/v2", new DocumentService((name, version) -> Documents.server()));
        get(builder, "/v2/health/live", HealthService.json("live", () -> true));
        get(builder, "/v2/health/ready", HealthService.json("ready", ready));
        get(builder, "/v2/models/stats", new DocumentService(protocol::statistics));
        HttpService infer = new InferService(repository, starter, maxWait)
                .decorate(BodyBudget::countDecoded)
                .decorate(DecodingService.newDecorator());
        for (String path : List.of(MODEL, MODEL_VERSION)) {
            get(builder, path, new DocumentService(protocol::metadata));
            get(builder, path + "/config", new DocumentService(protocol::config));
            get(builder, path + "/stats", new DocumentService(protocol::statistics));
            get(builder, path + "/ready", new DocumentService(protocol::ready));
            builder.route().post(path + "/infer").build(infer);
        }
        post(builder, "/v2/repository/index", protocol::index);
        post(builder, "/v2/repository/models/{name}/load", protocol::load);
        post(builder, "/v2/repository/models/{name}/unload", protocol::unload);
    }

    private static void get(ServerBuilder builder, String path, HttpService service) {
        builder.route().get(path).build(service);
    }

    private static void post(ServerBuilder builder, String path, RepositoryService.Action action) {
        builder.route().post(path).build(new RepositoryService(action));
    }

    private Object metadata(String name, String version) throws OipException {
        return Documents.metadata(ModelInterface.of(repository.find(name, version)));
    }

    private Object config(String name, String version) throws OipException {
        return Documents.config(ModelInterface.of(repository.find(name, version)));
    }

    private Object statistics(String name, String version) throws OipException {
        return Documents.statistics(repository.statistics(name, version));
    }

    private Object ready(String name, String version) throws OipException {
        return Map.of("name", repository.find(name, version).name(), "ready", true);
    }

    private CompletableFuture<?> index(String name, AggregatedHttpRequest body) throws OipException {
        return CompletableFuture.completedFuture(Documents.index(
                repository.index(IndexRequestReader.readyAlone(body.content().array()))));
    }

    private CompletableFuture<?> load(String name, AggregatedHttpRequest body) throws OipException {
        return repository.load(name).thenApply(done -> Map.of());
    }

    private CompletableFuture<?> unload(String name, AggregatedHttpRequest body) throws OipException {
        return repository.unload(name).thenApply(done -> Map.of());
    }
}
