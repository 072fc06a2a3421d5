package glimpse.evaluation.front;

/**
 * How a point fares on some images.
 *
 * @param top1 accuracy of the answers, the edge's or the server's, 0..1
 * @param cost the paper's
 * @param bytes mean bytes from edge to server per image
 */
public record Figures(double top1, double cost, double bytes) {
    /** Returns the communication in a measure. */
    public double of(Measure measure) {
        return switch (measure) {
            case COST -> cost;
            case BYTES -> bytes;
        };
    }
}
