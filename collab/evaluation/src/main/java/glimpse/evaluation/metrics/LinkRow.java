package glimpse.evaluation.metrics;

import glimpse.evaluation.network.Distribution;
import glimpse.evaluation.plan.OperatingPoint;

/**
 * How long an operating point's exchanges take on a link. Times are in milliseconds, without the models' own time; an
 * image whose prediction the edge keeps takes none.
 *
 * @param point what is uploaded, and when
 * @param link the name of the link between edge and server
 * @param latencyPerImage from the first byte sent to the last received, over all images
 * @param latencyPerOffloaded the same over the images that were offloaded
 * @param radioPerImage the edge's radio at work, over all images
 * @param radioPerOffloaded the same over the images that were offloaded
 */
public record LinkRow(
        OperatingPoint point,
        String link,
        Distribution latencyPerImage,
        Distribution latencyPerOffloaded,
        Distribution radioPerImage,
        Distribution radioPerOffloaded) {}
