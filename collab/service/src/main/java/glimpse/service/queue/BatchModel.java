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
     * Runs the model on a batch, on all threads; nothing else runs meanwhile.
     *
     * @param outputs what it gives of each image
     * @param cancelled whether nobody waits for the batch any more; to be asked by the calling thread now and then
     * @return one result per image, in the same order
     * @throws CancellationException if {@code cancelled} was true
     */
    List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled);

    /**
     * Runs the model on a batch as {@link #run} does, with the same results to the bit, but on the calling thread
     * alone, while others do the same. Only a queue of several threads calls it.
     *
     * @param thread the number of the calling thread, from 0; a thread's calls come one after another
     */
    default List<ServerResult> runBeside(
            int thread, List<PatchSequence> batch, PassOutputs outputs, BooleanSupplier cancelled) {
        return run(batch, outputs, cancelled);
    }

    /** Returns the work of one image with this many patches, in multiply-adds. */
    long multiplyAdds(int patches);
}
