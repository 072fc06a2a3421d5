package glimpse.service.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.queue.JobResult;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** What is known about a request by the time it is logged. Written by one thread after the other. */
final class RequestNotes {
    private static final AttributeKey<RequestNotes> KEY = AttributeKey.valueOf(RequestNotes.class, "notes");

    volatile String model = "-"; // one that is loaded, or a hyphen
    volatile int patches = -1;
    volatile @Nullable JobResult result;

    private RequestNotes() {}

    /** Returns the notes of a request. */
    static RequestNotes of(ServiceRequestContext context) {
        RequestNotes notes = context.attr(KEY);
        if (notes == null) {
            notes = new RequestNotes();
            context.setAttr(KEY, notes);
        }
        return notes;
    }
}
