package glimpse.collab.node;

import glimpse.collab.audit.Audit;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.UploadRound;
import glimpse.collab.codec.packet.PacketSplit;
import glimpse.collab.gate.Confidence;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.select.MessageLength;
import glimpse.collab.select.ScoredPatches;
import glimpse.collab.select.SelectedPatches;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassProbability;
import glimpse.engine.image.PixelPatches;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides what happens to one image once the edge's model has run (arXiv 2404.07217, section III): the edge's
 * prediction stands, or selected patches are encoded for the server. A device and an evaluation take this same step.
 * Immutable, safe for use by several threads.
 *
 * @param gate decides whether the edge's prediction stands
 * @param policy scores the patches and selects some of them
 * @param codec encodes their pixels
 * @param until ends an upload in rounds once the server is sure; without it all rounds are sent
 * @param audit picks the images whose patches are sent although the edge's prediction stands
 */
public record EdgeStep(
        OffloadGate gate, SelectionPolicy policy, PayloadCodec codec, Optional<StopRule> until, Audit audit) {
    /** Checks that nothing is null. */
    public EdgeStep {
        Objects.requireNonNull(gate, "gate");
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(audit, "audit");
    }

    /** Makes a step that sends all rounds, of which most policies have one, and has no audits. */
    public EdgeStep(OffloadGate gate, SelectionPolicy policy, PayloadCodec codec) {
        this(gate, policy, codec, Optional.empty(), Audit.NONE);
    }

    /** Returns whether the edge's own prediction stands and, unless the image is audited, nothing is sent. */
    public boolean keeps(EdgeResult result) {
        return gate.confident(result.confidence());
    }

    /**
     * Scores the patches and selects those to send.
     *
     * @param result of a runner that computes this policy's score
     * @param grid patches along one side of the image
     * @param image all patches of the image
     * @param imageName identifies the image: a random selection depends on it and on the selection's seed
     * @throws IllegalArgumentException if the runner doesn't compute the score or keep the tokens that this policy
     *     needs
     */
    public SelectedPatches select(EdgeResult result, int grid, PixelPatches image, String imageName) {
        return policy.selection().select(scored(result, grid, image), imageName);
    }

    /**
     * Scores the patches and selects those that the server has once each round is sent.
     *
     * @param result of a runner that computes this policy's score
     * @param grid patches along one side of the image
     * @param image all patches of the image
     * @param imageName identifies the image: a random selection depends on it and on the selection's seed
     * @return one selection per round, each with all patches of the one before
     * @throws IllegalArgumentException as {@link #select}
     */
    public List<SelectedPatches> selectRounds(EdgeResult result, int grid, PixelPatches image, String imageName) {
        return policy.selection().selectRounds(scored(result, grid, image), imageName);
    }

    /**
     * Returns what the policy's selection chooses from.
     *
     * @param result of a runner that computes this policy's score
     * @param grid patches along one side of the image
     * @param image all patches of the image
     */
    public ScoredPatches scored(EdgeResult result, int grid, PixelPatches image) {
        return result.scored(policy.score()).sentAs(messageLength(grid, image));
    }

    /**
     * Returns how long the messages are that some of an image's patches make.
     *
     * @param grid patches along one side of the image
     * @param image all patches of the image
     */
    public MessageLength messageLength(int grid, PixelPatches image) {
        return positions ->
                PatchRequest.of(0, grid, image.select(positions), codec).encode().length;
    }

    /**
     * Returns whether the server's answer stands and no further round is sent.
     *
     * @param round the round that was answered, from 1
     * @param top the answer's most probable classes
     */
    public boolean stops(int round, List<ClassProbability> top) {
        return until.isPresent() && until.get().stops(round, Confidence.ofTop(top));
    }

    /**
     * Encodes selected patches as a request to the server.
     *
     * @param requestId repeated by the reply
     * @param grid patches along one side of the image
     * @param image all patches of the image
     * @param selected those to send, possibly none
     * @return the message's bytes
     */
    public byte[] encode(int requestId, int grid, PixelPatches image, SelectedPatches selected) {
        return PatchRequest.of(requestId, grid, image.select(selected.positions()), codec)
                .encode();
    }

    /**
     * Encodes selected patches as packets, each of which the server can use without the others.
     *
     * @param requestId repeated by the reply
     * @param grid patches along one side of the image
     * @param image all patches of the image
     * @param selected those to send, possibly none
     * @param split divides them among packets
     * @return the packets' bytes, at least one packet
     * @throws IllegalArgumentException if the patches don't fit as many packets as there may be
     */
    public List<byte[]> packets(
            int requestId, int grid, PixelPatches image, SelectedPatches selected, PacketSplit split) {
        return split.packets(requestId, grid, image, selected.order(), codec);
    }

    /**
     * Encodes one round's patches as a request to the server.
     *
     * @param requestId repeated by the reply
     * @param round the upload, and what the server has of it
     * @param grid patches along one side of the image
     * @param image all patches of the image
     * @param positions of those that the server doesn't have, ascending
     * @return the message's bytes
     */
    public byte[] encode(int requestId, UploadRound round, int grid, PixelPatches image, int[] positions) {
        return PatchRequest.of(requestId, round, grid, image.select(positions), codec)
                .encode();
    }
}
