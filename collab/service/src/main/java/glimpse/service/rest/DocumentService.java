package glimpse.service.rest;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.oip.OipException;
import java.util.Objects;

/** Responds with a JSON document about the model in the path, or about the server. */
final class DocumentService implements HttpService {
    static final String NAME = "name";
    static final String VERSION = "version";

    private final Document document;

    /** Makes the document. */
    interface Document {
        /**
         * Returns maps, lists, strings and numbers.
         *
         * @param name of the model in the path; empty if there is none
         * @param version in the path; empty if there is none
         */
        Object of(String name, String version) throws OipException;
    }

    DocumentService(Document document) {
        this.document = document;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        try {
            return ProtocolResponses.json(document.of(parameter(context, NAME), parameter(context, VERSION)));
        } catch (OipException e) {
            return ProtocolResponses.error(e);
        }
    }

    /** Returns a parameter of the path; empty if the path has none of this name. */
    static String parameter(ServiceRequestContext context, String name) {
        return Objects.requireNonNullElse(context.pathParam(name), "");
    }
}
