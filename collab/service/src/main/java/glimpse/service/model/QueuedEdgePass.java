package glimpse.service.model;

import glimpse.collab.channel.ChannelException;
import glimpse.collab.channel.FailureReason;
import glimpse.collab.node.InspectedImage;
import glimpse.collab.node.ModelInput;
import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.image.PixelPatches;
import glimpse.page.model.EdgePass;
import java.time.Duration;

/**
 * Runs a model of this process on the page's pictures by way of its queue, and scores them by {@code mean}.
 * Thread-safe.
 */
public final class QueuedEdgePass implements EdgePass {
    private static final PassOutputs OUTPUTS = new PassOutputs(true, true);

    private final ServedModel model;
    private final Duration limit;

    /**
     * Creates a pass.
     *
     * @param limit the longest wait for the model
     */
    public QueuedEdgePass(ServedModel model, Duration limit) {
        this.model = model;
        this.limit = limit;
    }

    @Override
    public InspectedImage inspect(PixelPatches image) throws ChannelException {
        ModelInput input = ModelInput.of(image, model.classifier().preprocessing());
        return switch (QueuedRun.run(model, input, OUTPUTS, limit)) {
            case ServerResult.Logits logits ->
                InspectedImage.of(logits, model.classifier().transformer().config());
            case ServerResult.Failed failed ->
                throw new ChannelException(
                        FailureReason.SERVER_FAILED,
                        "the pass failed: " + failed.cause().getMessage());
        };
    }
}
