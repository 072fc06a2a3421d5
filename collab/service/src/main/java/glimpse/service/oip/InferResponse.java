package glimpse.service.oip;

import java.util.List;

/**
 * The response to an {@link InferRequest}.
 *
 * @param model the name of the model that ran
 * @param id the request's
 * @param outputs in the order in which they were asked for
 */
public record InferResponse(String model, String id, List<OutputTensor> outputs) {
    /** Copies the list. */
    public InferResponse {
        outputs = List.copyOf(outputs);
    }
}
