package glimpse.page.view;

import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.image.PixelPatches;
import glimpse.page.picture.ExaminedPicture;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an edge step decides about a picture: which patches cross, and what they cost. Immutable. */
public final class DecisionView {
    private final ExaminedPicture picture;
    private final EdgeStep step;
    private final SelectedPatches selected;
    private final PixelPatches kept;
    private final PatchRequest request;
    private final byte[] message;
    private final Duration encode;

    /**
     * Takes the step.
     *
     * @param requestId of the request
     * @param name identifies the picture: a random selection depends on it
     */
    public DecisionView(ExaminedPicture picture, EdgeStep step, int requestId, String name) {
        long began = System.nanoTime();
        this.picture = picture;
        this.step = step;
        int grid = picture.edge().transformer().config().grid();
        this.selected = step.select(picture.inspected().result(), grid, picture.patches(), name);
        this.kept = picture.patches().select(selected.positions());
        this.request = PatchRequest.of(requestId, grid, kept, step.codec());
        this.message = request.encode();
        this.encode = Duration.ofNanos(System.nanoTime() - began);
    }

    /** Returns whether the edge's prediction stands and nothing is sent. */
    public boolean confident() {
        return step.keeps(picture.inspected().result());
    }

    /** Returns the request to the server, which isn't sent if the edge is confident. */
    public byte[] message() {
        return message.clone();
    }

    /**
     * Returns the decision.
     *
     * @param codecs whose bytes are compared
     */
    public Map<String, Object> values(List<PayloadCodec> codecs) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("select", step.policy().selection().spec());
        values.put("gate", step.gate().spec());
        values.put("codec", step.codec().spec());
        values.put("confident", confident());
        values.put("patches", picture.patches().patches());
        values.put("kept", selected.positions());
        values.put("kept_score", selected.sumOfScores());
        values.put("request_bytes", message.length);
        values.put("whole_bytes", picture.wholeBytes(step.codec()));
        Map<String, Object> bytes = new LinkedHashMap<>();
        for (PayloadCodec codec : codecs) {
            bytes.put(
                    codec.spec(),
                    Map.of("kept", picture.requestBytes(kept, codec), "whole", picture.wholeBytes(codec)));
        }
        values.put("bytes", bytes);
        if (step.codec().lossy()) {
            values.put("received", received()); // base64, [kept][patchSize][patchSize][channels]
        }
        values.put("encode_millis", Json.millis(encode));
        return values;
    }

    private byte[] received() {
        try {
            return request.decodePatches().pixels();
        } catch (MessageException e) {
            throw new IllegalStateException("a payload that was just written can't be read", e);
        }
    }
}
