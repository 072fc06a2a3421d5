package glimpse.page.view;

import glimpse.collab.codec.PredictionReply;
import glimpse.collab.gate.Confidence;
import glimpse.collab.node.ServerAnswer;
import glimpse.engine.ClassLabels;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What came of asking the server. */
public final class AnswerView {
    private AnswerView() {}

    /**
     * Returns the answer.
     *
     * @param labels of the server's model
     * @param exchange the time it took
     */
    public static Map<String, Object> of(ServerAnswer answer, ClassLabels labels, Duration exchange) {
        Map<String, Object> values = switch (answer) {
            case ServerAnswer.Predicted(PredictionReply reply, int bytes) -> {
                Map<String, Object> predicted = PredictionView.of(reply.top(), labels);
                Confidence confidence = Confidence.ofTop(reply.top());
                predicted.put("min_entropy_bits", confidence.minEntropyBits());
                predicted.put("margin", confidence.margin());
                predicted.put("reply_bytes", bytes);
                yield predicted;
            }
            case ServerAnswer.Failed failed -> {
                Map<String, Object> reason = new LinkedHashMap<>();
                reason.put("reason", failed.reason().name().toLowerCase(Locale.ROOT));
                reason.put("detail", failed.detail());
                yield reason;
            }
        };
        values.put("exchange_millis", Json.millis(exchange));
        return values;
    }
}
