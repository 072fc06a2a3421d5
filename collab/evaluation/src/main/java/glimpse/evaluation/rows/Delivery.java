package glimpse.evaluation.rows;

/**
 * What became of an upload in packets of which some may be lost. Immutable.
 *
 * @param packets number of packets that were sent
 * @param lostPackets how many of them were lost
 * @param received number of patches that the server sees: those that arrived or, of a whole image as a file, all if any
 *     of it can be decoded
 */
public record Delivery(int packets, int lostPackets, int received) {}
