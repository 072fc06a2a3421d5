package glimpse.page.picture;

import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.InspectedImage;
import glimpse.engine.image.PixelPatches;
import java.time.Duration;

/**
 * A picture that the edge's model has seen: everything that later choices of selection, gate and codec need. Immutable.
 *
 * @param edge the model
 * @param width of the file's picture in pixels
 * @param height of the file's picture in pixels
 * @param fileBytes length of the file
 * @param patches what the model saw of the picture
 * @param inspected what it made of them
 * @param decode the time to decode the file and to cut the patches
 * @param pass the time to run the model, and to wait for it
 */
public record ExaminedPicture(
        Classifier edge,
        int width,
        int height,
        int fileBytes,
        PixelPatches patches,
        InspectedImage inspected,
        Duration decode,
        Duration pass) {
    /** Returns the bytes of a request with all patches. */
    public int wholeBytes(PayloadCodec codec) {
        return requestBytes(patches, codec);
    }

    /** Returns the bytes of a request with some of this picture's patches. */
    public int requestBytes(PixelPatches some, PayloadCodec codec) {
        return PatchRequest.of(0, edge.transformer().config().grid(), some, codec)
                .encode()
                .length;
    }
}
