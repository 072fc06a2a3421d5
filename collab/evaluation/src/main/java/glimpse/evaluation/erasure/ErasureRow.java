package glimpse.evaluation.erasure;

import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.TableRow;
import glimpse.evaluation.network.Erasure;

/**
 * The results of an operating point where packets are lost and not sent again. Immutable.
 *
 * @param complete the point's row with nothing lost
 * @param erasure which packets are lost
 * @param meanPackets mean number of packets sent, over the offloaded images; NaN if there are none
 * @param lostShare share of these packets that is lost; NaN if there are none
 * @param meanReceived mean number of patches that the server sees, over the offloaded images; NaN if there are none
 * @param unanswered number of offloaded images of which nothing arrives that the server can use, so that the edge's
 *     prediction stands
 * @param collaborative accuracy of the edge on these and on confident images, and of the server on the others
 * @param upBytesPerImage mean bytes of all packets, headers of the network included, over all images; a confident image
 *     counts as 0
 */
public record ErasureRow(
        TableRow complete,
        Erasure erasure,
        double meanPackets,
        double lostShare,
        double meanReceived,
        int unanswered,
        Accuracy collaborative,
        double upBytesPerImage) {
    /** Returns how much the losses change the top-1 accuracy, in percentage points; negative where they lower it. */
    public double changePoints() {
        return 100 * (collaborative.top1() - complete.collaborative().top1());
    }
}
