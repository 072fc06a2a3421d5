package glimpse.collab.evaluate;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.link.Link;
import glimpse.collab.link.Percentiles;

/**
 * What one way of sending, one gate and one link come to in time. Times are in milliseconds; the models' own time isn't
 * in them, and an image whose answer the edge keeps takes none.
 *
 * @param sending what the server is sent
 * @param gate when the edge's answer stands
 * @param link between edge and server
 * @param latencyPerImage from the first byte sent to the last received, over all images
 * @param latencyPerOffloaded the same over the images that were offloaded
 * @param radioPerImage the edge's radio at work, over all images
 * @param radioPerOffloaded the same over the images that were offloaded
 */
public record LinkRow(
        Sending sending,
        OffloadGate gate,
        Link link,
        Percentiles latencyPerImage,
        Percentiles latencyPerOffloaded,
        Percentiles radioPerImage,
        Percentiles radioPerOffloaded) {}
