package glimpse.service.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import glimpse.service.http.RequestTerms;
import glimpse.service.http.RequestTerms.InvalidHeaderException;
import glimpse.service.oip.OipException;
import glimpse.service.queue.Priority;
import java.time.Duration;

/**
 * What a call asks for.
 *
 * @param priority the header {@code glimpse-priority}
 * @param timeLeft how long the client still waits
 */
record CallTerms(Priority priority, Duration timeLeft) {
    static CallTerms of(ServiceRequestContext context) throws OipException {
        try {
            Duration timeLeft = CallDeadline.of(context).timeLeft();
            RequestTerms terms = RequestTerms.of(context.request().headers(), timeLeft);
            return new CallTerms(terms.priority(), terms.timeLeft());
        } catch (InvalidHeaderException e) {
            throw new OipException(OipException.Code.INVALID, String.valueOf(e.getMessage()));
        }
    }
}
