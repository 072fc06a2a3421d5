package glimpse.evaluation.metrics;

import glimpse.evaluation.plan.OperatingPoint;

/**
 * What an operating point comes to over all evaluated images (arXiv 2404.07217, table II).
 *
 * @param point what is uploaded, and when
 * @param confident images whose edge prediction stands
 * @param meanKept mean number of patches sent, over the offloaded images; NaN if there are none
 * @param meanLeastScore mean of the lowest selected scores, over the offloaded images that sent a patch
 * @param meanSumOfScores mean of the sums of selected scores, over the offloaded images
 * @param cost the paper's: share of offloaded images x meanKept / patches of an image; 0 if none is offloaded
 * @param collaborative the edge where it is confident, the server elsewhere
 * @param serverOnKept the server on the selected patches of every image
 * @param communication bytes
 */
public record TableRow(
        OperatingPoint point,
        int confident,
        double meanKept,
        double meanLeastScore,
        double meanSumOfScores,
        double cost,
        Accuracy collaborative,
        Accuracy serverOnKept,
        Communication communication) {}
