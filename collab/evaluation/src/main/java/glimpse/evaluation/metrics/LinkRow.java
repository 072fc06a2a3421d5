package glimpse.evaluation.metrics;

import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.plan.OperatingPoint;

/**
 * How long an operating point's messages take on a link, in milliseconds and without the models' own time. A confident
 * image takes no time.
 *
 * @param point the operating point
 * @param link the link between edge and server
 * @param once whether packets that the link loses aren't sent again, so that the server sees what arrives
 * @param latencyPerImage from the first byte sent to the last byte received, over all images
 * @param latencyPerOffloaded the same over the offloaded images
 * @param radioPerImage time during which the edge's radio is active, over all images
 * @param radioPerOffloaded the same over the offloaded images
 */
public record LinkRow(
        OperatingPoint point,
        Link link,
        boolean once,
        Distribution latencyPerImage,
        Distribution latencyPerOffloaded,
        Distribution radioPerImage,
        Distribution radioPerOffloaded) {
    /** Makes the row of messages that arrive complete. */
    public LinkRow(
            OperatingPoint point,
            Link link,
            Distribution latencyPerImage,
            Distribution latencyPerOffloaded,
            Distribution radioPerImage,
            Distribution radioPerOffloaded) {
        this(point, link, false, latencyPerImage, latencyPerOffloaded, radioPerImage, radioPerOffloaded);
    }
}
