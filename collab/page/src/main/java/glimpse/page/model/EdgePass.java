package glimpse.page.model;

import glimpse.collab.channel.ChannelException;
import glimpse.collab.node.InspectedImage;
import glimpse.engine.image.PixelPatches;

/** Runs the edge's model on a picture. Takes several threads at once. */
public interface EdgePass {
    /**
     * Runs the model.
     *
     * @param image all patches of the picture
     * @throws ChannelException if the model has no time for it
     * @throws IllegalArgumentException if the model can't provide the attention
     * @throws glimpse.engine.NonFiniteOutputException if the logits aren't finite numbers
     */
    InspectedImage inspect(PixelPatches image) throws ChannelException;
}
