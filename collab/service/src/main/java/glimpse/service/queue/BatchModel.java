package glimpse.service.queue;

import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** A model as the queue sees it. */
public interface BatchModel {
    /** Returns the model's name, for metrics. */
    String name();

    /**
     * Runs the model on a batch; called by the queue's thread alone.
     *
     * @param outputs what it gives of each image
     * @param cancelled whether nobody waits for the batch any more; to be asked by the calling thread now and then
     * @return one result per image, in the same order
     * @throws CancellationException if {@code cancelled} was true
     */
    List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled);

    /** Returns the work of one image with this many patches, in multiply-adds. */
    long multiplyAdds(int patches);
}
