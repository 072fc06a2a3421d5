package glimpse.collab.evaluate;

import glimpse.collab.gate.OffloadGate;

/**
 * What one way of sending and one gate come to over all evaluated images (arXiv 2404.07217, table II).
 *
 * @param sending what the server is sent
 * @param gate when the edge's answer stands
 * @param confident images whose edge answer stands
 * @param meanKept mean number of patches sent, over the offloaded images; NaN if there are none
 * @param meanLeastScore mean of the least kept scores, over the offloaded images that kept a patch
 * @param meanSumOfScores mean of the sums of kept scores, over the offloaded images
 * @param cost the paper's: share of offloaded images x meanKept / patches of an image; 0 if none is offloaded
 * @param collaborative edge where confident, server elsewhere
 * @param serverOnKept the server on the kept patches of every image
 * @param communication bytes
 */
public record TableRow(
        Sending sending,
        OffloadGate gate,
        int confident,
        double meanKept,
        double meanLeastScore,
        double meanSumOfScores,
        double cost,
        Accuracy collaborative,
        Accuracy serverOnKept,
        Communication communication) {}
