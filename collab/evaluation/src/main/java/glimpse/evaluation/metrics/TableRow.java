package glimpse.evaluation.metrics;

import glimpse.evaluation.plan.OperatingPoint;

/**
 * The results of an operating point over all evaluated images (arXiv 2404.07217, table II). Immutable.
 *
 * @param point the operating point
 * @param confident number of confident images, whose edge prediction stands
 * @param meanExchanges mean number of requests per offloaded image: 1 unless the upload is in rounds; NaN if it is and
 *     no image is offloaded
 * @param meanKept mean number of patches sent, over the offloaded images; NaN if there are none
 * @param meanLowestScore mean of the lowest selected score, over the offloaded images that sent a patch
 * @param meanSumOfScores mean sum of the selected scores, over the offloaded images
 * @param cost the paper's: share of offloaded images x meanKept / patches per image; 0 if none is offloaded
 * @param collaborative the edge on confident images, the server on the others
 * @param serverOnKept the server on the selected patches of all images; NaN if it wasn't asked about all
 * @param communication bytes sent and received
 */
public record TableRow(
        OperatingPoint point,
        int confident,
        double meanExchanges,
        double meanKept,
        double meanLowestScore,
        double meanSumOfScores,
        double cost,
        Accuracy collaborative,
        Accuracy serverOnKept,
        Communication communication) {
    /** Makes the row of a point whose upload isn't in rounds. */
    public TableRow(
            OperatingPoint point,
            int confident,
            double meanKept,
            double meanLowestScore,
            double meanSumOfScores,
            double cost,
            Accuracy collaborative,
            Accuracy serverOnKept,
            Communication communication) {
        this(
                point,
                confident,
                1,
                meanKept,
                meanLowestScore,
                meanSumOfScores,
                cost,
                collaborative,
                serverOnKept,
                communication);
    }
}
