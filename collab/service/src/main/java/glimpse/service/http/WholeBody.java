package glimpse.service.http;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregationOptions;
import com.linecorp.armeria.common.HttpRequest;
import java.util.concurrent.CompletableFuture;

/** Collects the bodies of requests. */
public final class WholeBody {
    /** A cached body would be kept until the response. */
    private static final AggregationOptions UNCACHED =
            AggregationOptions.builder().cacheResult(false).build();

    private WholeBody() {}

    /** Returns the request once all of its body has come. May be called once for a request. */
    public static CompletableFuture<AggregatedHttpRequest> of(HttpRequest request) {
        return request.aggregate(UNCACHED);
    }
}
