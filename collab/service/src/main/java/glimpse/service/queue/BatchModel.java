package glimpse.service.queue;

import glimpse.collab.node.PassOutputs;
import glimpse.collab.node.ServerResult;
import glimpse.engine.PatchSequence;
import java.util.List;

/** A model as the queue sees it. */
public interface BatchModel {
    /** Returns the model's name, for metrics. */
    String name();

    /**
     * Runs the model on a batch; called by the queue's thread alone.
     *
     * @param outputs what it gives of each image
     * @return one result per image, in the same order
     */
    List<ServerResult> run(List<PatchSequence> batch, PassOutputs outputs);

    /** Returns the work of one image with this many patches, in multiply-adds. */
    long multiplyAdds(int patches);
}
