package glimpse.service.http;

import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.queue.JobResult;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** What is known about a request by the time it is logged. Written by one thread after the other. */
public final class RequestNotes {
    private static final String NO_MODEL = "-";
    private static final AttributeKey<RequestNotes> KEY = AttributeKey.valueOf(RequestNotes.class, "notes");

    volatile String model = NO_MODEL; // or one that is loaded
    volatile int patches = -1;
    volatile @Nullable JobResult result;

    private RequestNotes() {}

    /** Returns whether the request is for a model that is loaded. */
    boolean ofModel() {
        return !model.equals(NO_MODEL);
    }

    /** Returns the notes of a request. */
    public static RequestNotes of(ServiceRequestContext context) {
        RequestNotes notes = context.attr(KEY);
        if (notes == null) {
            notes = new RequestNotes();
            context.setAttr(KEY, notes);
        }
        return notes;
    }

    /** The request is for a model that is loaded. */
    public void forModel(String name) {
        model = name;
    }

    /** The request has been read. */
    public void hasPatches(int number) {
        patches = number;
    }

    /** The model has run. */
    public void ran(JobResult batch) {
        result = batch;
    }
}
