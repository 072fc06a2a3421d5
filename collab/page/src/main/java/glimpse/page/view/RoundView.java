package glimpse.page.view;

import glimpse.collab.codec.MessageException;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.UploadRound;
import glimpse.engine.image.PixelPatches;
import glimpse.page.picture.ExaminedPicture;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One round of an upload, or all of it if it isn't in rounds. Immutable.
 *
 * @param number of the round, from 1
 * @param added the patches that are new in it
 * @param request its message, but for ids
 * @param bytes of the message
 */
record RoundView(int number, PixelPatches added, PatchRequest request, int bytes) {
    private static final int ANY_ID = 0; // no id changes a length

    /**
     * Makes a round.
     *
     * @param positions of the new patches
     * @param inRounds whether there are others
     */
    static RoundView of(int number, ExaminedPicture picture, int[] positions, PayloadCodec codec, boolean inRounds) {
        PixelPatches added = picture.patches().select(positions);
        PatchRequest request =
                PatchRequest.of(ANY_ID, picture.edge().transformer().config().grid(), added, codec);
        int beside = inRounds ? UploadRound.BYTES : 0;
        return new RoundView(number, added, request, request.encode().length + beside);
    }

    /**
     * Returns the round.
     *
     * @param lossy whether the server receives other pixels
     */
    Map<String, Object> values(boolean lossy) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("round", number);
        values.put("kept", added.positions());
        values.put("request_bytes", bytes);
        if (lossy) {
            values.put("received", received()); // base64, [kept][patchSize][patchSize][channels]
        }
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
