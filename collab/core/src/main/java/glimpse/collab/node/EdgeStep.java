package glimpse.collab.node;

import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.SelectedPatches;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.image.PixelPatches;

/**
 * What an edge decides about one image once its model has run (arXiv 2404.07217, section III): keep its own prediction,
 * or choose patches and encode them for the server. A device and an evaluation take this same step. Immutable, safe for
 * use by several threads.
 *
 * @param gate decides whether the edge's prediction stands
 * @param policy scores the patches and selects some of them
 * @param codec encodes their pixels
 */
public record EdgeStep(OffloadGate gate, SelectionPolicy policy, PayloadCodec codec) {
    /** Returns whether the edge's own prediction stands and nothing is sent. */
    public boolean keeps(EdgeResult result) {
        return gate.confident(result.confidence());
    }

    /**
     * Scores the patches and selects those to send.
     *
     * @param result of a runner that computes this policy's score
     * @param imageName what a random selection depends on, besides its seed
     * @throws IllegalArgumentException if the runner wasn't asked for the score
     */
    public SelectedPatches select(EdgeResult result, String imageName) {
        return policy.selection().select(result.scores(policy.score()), imageName);
    }

    /**
     * Encodes selected patches as a request to the server.
     *
     * @param requestId comes back in the reply
     * @param grid patches along one side of the image
     * @param image all patches of the image
     * @param selected those to send, possibly none
     * @return the message, byte for byte as it crosses
     */
    public byte[] encode(int requestId, int grid, PixelPatches image, SelectedPatches selected) {
        return PatchRequest.of(requestId, grid, image.select(selected.positions()), codec)
                .encode();
    }
}
