package glimpse.evaluation.network;

import glimpse.collab.select.NamedRandom;
import glimpse.evaluation.network.Link.Direction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Estimates how long messages take on a link. The connection is already open, and its window is back at its initial 10
 * packets (RFC 6928), as after an idle period. The sender transmits a window and waits until its first packet could be
 * acknowledged; each round without loss doubles the window, and one with loss halves it (slow start and multiplicative
 * decrease, RFC 5681, modelled in rounds as in Cardwell, Savage and Anderson, Modeling TCP Latency, INFOCOM 2000). Lost
 * packets are resent in the next round; acknowledgements are never lost and take no time on the air. The reply begins
 * when the request is complete.
 *
 * <p>Where nearly all packets are lost, a message of some kilobytes takes millions of packets. So once
 * {@value #MOST_RESENT} packets of a message have been resent, what the others take is added as its mean.
 *
 * <p>Losses depend on the seed and the image's name alone, so an image's time is the same in any order, batch or
 * process. Immutable and thread-safe.
 *
 * @param link the link
 * @param seed seed of the losses
 */
public record LinkSimulation(Link link, long seed) {
    private static final int FIRST_WINDOW_PACKETS = 10;
    private static final int LEAST_WINDOW_PACKETS = 2;
    private static final int MOST_WINDOW_PACKETS = 1 << 20;

    /** What a message of 160 kB takes in packets of 68 bytes, half of which are lost. */
    static final int MOST_RESENT = 10_000;

    /**
     * A request and its reply.
     *
     * @param upBytes length of the request; 0 if nothing was sent
     * @param downBytes length of the reply
     */
    public record Exchange(long upBytes, long downBytes) {
        /** Checks that neither is negative. */
        public Exchange {
            if (upBytes < 0 || downBytes < 0) {
                throw new IllegalArgumentException(
                        "messages of " + upBytes + " and " + downBytes + " bytes, expected at least 0");
            }
        }
    }

    /**
     * Simulates one request and its reply.
     *
     * @param image the image's name
     * @param upBytes length of the request; 0 if nothing was sent
     * @param downBytes length of the reply
     */
    public Transfer exchange(String image, long upBytes, long downBytes) {
        return exchanges(image, List.of(new Exchange(upBytes, downBytes)));
    }

    /**
     * Simulates the rounds of an upload: each request is sent once the reply to the one before is complete, and finds
     * the window at its initial length.
     *
     * @param image the image's name
     * @param rounds in their order
     */
    public Transfer exchanges(String image, List<Exchange> rounds) {
        NamedRandom random = new NamedRandom(seed, image);
        return rounds.stream()
                .map(round -> exchange(round.upBytes(), round.downBytes(), random))
                .reduce(Transfer.NONE, Transfer::then);
    }

    private Transfer exchange(long upBytes, long downBytes, NamedRandom random) {
        if (upBytes == 0) {
            return Transfer.NONE;
        }
        PacketLosses losses = link.erasure()
                .map(erasure -> erasure.losses(random))
                .orElseGet(() -> PacketLosses.independent(link.up().lossShare(), random));
        OneWay up = send(link.up(), upBytes, losses);
        OneWay down = send(
                link.down(), downBytes, PacketLosses.independent(link.down().lossShare(), random));
        return new Transfer(
                up.millis + down.millis + link.roundTripMillis(),
                up.airMillis,
                down.airMillis,
                up.packets + down.packets,
                up.resent + down.resent);
    }

    /**
     * Returns what datagrams take that are sent once, whether they arrive or not: the server answers as soon as the
     * last one is due. Where none arrives, the edge waits for a round trip, too.
     *
     * @param upBytes length of the packets, headers included
     * @param downBytes length of the reply without headers; 0 if there is none
     * @param packets number of packets
     */
    public Transfer once(long upBytes, long downBytes, int packets) {
        double sending = link.up().millis(upBytes);
        double receiving = downBytes == 0 ? 0 : link.down().millis(downBytes + Erasure.HEADER_BYTES);
        return new Transfer(
                sending + receiving + link.roundTripMillis(),
                sending,
                receiving,
                packets + (downBytes == 0 ? 0 : 1),
                0);
    }

    private OneWay send(Direction direction, long bytes, PacketLosses losses) {
        Deque<Integer> waiting = packets(bytes);
        OneWay total = new OneWay();
        int window = FIRST_WINDOW_PACKETS;
        while (!waiting.isEmpty()) {
            if (total.resent >= MOST_RESENT) {
                addMean(total, direction, waiting, losses);
                break;
            }
            List<Integer> lost = new ArrayList<>();
            double airMillis = 0;
            for (int i = 0; i < window && !waiting.isEmpty(); i++) {
                int packet = waiting.removeFirst();
                airMillis += direction.millis(packet);
                total.packets++;
                if (losses.next()) {
                    lost.add(packet);
                }
            }
            lost.reversed().forEach(waiting::addFirst);
            total.resent += lost.size();
            total.airMillis += airMillis;
            total.millis += waiting.isEmpty() ? airMillis : Math.max(airMillis, link.roundTripMillis());
            window = lost.isEmpty()
                    ? Math.min(window * 2, MOST_WINDOW_PACKETS)
                    : Math.max(LEAST_WINDOW_PACKETS, window / 2);
        }
        return total;
    }

    /**
     * Adds what waiting packets take on average. The window is that of the long run, in which it is doubled as often as
     * the doubled one is halved; the last packet is alone in its rounds.
     */
    private void addMean(OneWay total, Direction direction, Deque<Integer> waiting, PacketLosses losses) {
        int count = waiting.size();
        double packetMillis =
                direction.millis(waiting.stream().mapToLong(Integer::longValue).sum()) / count;
        double weight = 1; // of a window, relative to the least one
        double packets = 0;
        double millis = 0;
        for (int window = LEAST_WINDOW_PACKETS; window <= MOST_WINDOW_PACKETS; window *= 2) {
            packets += weight * window;
            millis += weight * Math.max(window * packetMillis, link.roundTripMillis());
            weight *= losses.noneLost(window) / (1 - losses.noneLost(2 * window));
        }
        double sends = losses.sends(count);
        double alone = losses.sends(1);
        total.packets += Math.round(sends);
        total.resent += Math.round(sends - count);
        total.airMillis += sends * packetMillis;
        total.millis += (sends - alone) * millis / packets + alone * Math.max(packetMillis, link.roundTripMillis());
    }

    /** Returns the lengths of a message's packets, headers included. */
    private Deque<Integer> packets(long bytes) {
        Deque<Integer> packets = new ArrayDeque<>();
        for (long left = bytes; left > 0; left -= link.payloadBytes()) {
            packets.add((int) Math.min(left, link.payloadBytes()) + link.headerBytes());
        }
        return packets;
    }

    /** Totals of one direction. */
    private static final class OneWay {
        private double millis;
        private double airMillis;
        private long packets;
        private long resent;
    }
}
