package glimpse.service.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.page.Page;
import glimpse.page.PageReply;
import glimpse.page.PageRequest;
import glimpse.page.PageSettings;
import glimpse.page.model.ModelPair;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The page at {@code /}, and what it asks for below {@code /v1/page}. */
public final class PageService implements HttpService {
    // what the page begins with
    private static final float SHARE = 0.7f;
    private static final double BITS = 0.8;
    private static final int QUALITY = 85;

    private final Page page;
    private final boolean open;

    private PageService(Page page, boolean open) {
        this.page = page;
        this.open = open;
    }

    /**
     * Adds the page's routes.
     *
     * @param models that it shows
     * @param lifecycle decorates what needs the models
     */
    public static void bind(ServerBuilder builder, Supplier<Optional<ModelPair>> models, Lifecycle lifecycle) {
        EdgeStep step = new EdgeStep(
                OffloadGate.minEntropy(BITS),
                new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(SHARE)),
                PayloadCodec.jpeg(QUALITY));
        Page page = new Page(models, new PageSettings(step, true, Optional.empty()));
        builder.route().get(Page.ROOT_PATH).get("prefix:" + Page.FILES_PREFIX).build(new PageService(page, true));
        builder.route()
                .get(Page.INFO_PATH)
                .post(Page.PICTURES_PATH)
                .post("prefix:" + Page.PICTURES_PATH + "/")
                .build(new PageService(page, false).decorate(lifecycle));
    }

    /** Returns whether this serves the page's own files, which need no token: the page asks for it. */
    boolean isOpen() {
        return open;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        String query = Optional.ofNullable(context.query()).orElse("");
        return HttpResponse.of(WholeBody.of(request)
                .thenCompose(whole -> handled(
                        context,
                        new PageRequest(
                                request.method().name(),
                                context.path(),
                                query,
                                whole.content().array())))
                .thenApply(PageService::response));
    }

    private CompletableFuture<PageReply> handled(ServiceRequestContext context, PageRequest request) {
        CompletableFuture<PageReply> reply = new CompletableFuture<>();
        Thread work = Thread.startVirtualThread(
                () -> { // it waits for models
                    try {
                        reply.complete(page.handle(request));
                    } catch (RuntimeException | Error e) {
                        reply.completeExceptionally(e);
                    }
                });
        // the client has gone, or the request has timed out: nobody needs the models any more
        var _ = context.whenRequestCancelling().thenRun(work::interrupt);
        return reply;
    }

    private static HttpResponse response(PageReply reply) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(reply.status());
        PageReply.HEADERS.forEach(headers::add);
        headers.add(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        return HttpResponse.of(headers.build(), HttpData.wrap(reply.body()));
    }
}
