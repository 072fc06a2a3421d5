package glimpse.evaluation.network;

import glimpse.collab.select.NamedRandom;

/**
 * Which packets are lost, one after the other: a chain of two states, in one of which every packet is lost and in the
 * other none (Gilbert, Capacity of a burst-noise channel, Bell System Technical Journal 39, 1960). Each packet takes
 * one random number, so that the same image loses much the same packets at different rates. Not thread-safe.
 */
final class PacketLosses {
    private final NamedRandom random;
    private final double share; // of the packets that is lost in the long run
    private final double afterLost; // probability that the packet after a lost one is lost
    private final double afterArrived; // the same after one that arrived
    private double next; // the same of the next packet

    private PacketLosses(NamedRandom random, double share, double afterLost, double afterArrived) {
        this.random = random;
        this.share = share;
        this.next = share;
        this.afterLost = afterLost;
        this.afterArrived = afterArrived;
    }

    /**
     * Begins a series of losses that are independent of one another.
     *
     * @param share of the packets that is lost in the long run, 0 to below 1
     */
    static PacketLosses independent(double share, NamedRandom random) {
        return new PacketLosses(random, share, share, share);
    }

    /**
     * Begins a series of losses in bursts.
     *
     * @param share of the packets that is lost in the long run, 0 to below 1
     * @param meanBurst mean number of packets lost in a row, at least {@link #independentBurst}
     */
    static PacketLosses inBursts(double share, double meanBurst, NamedRandom random) {
        return new PacketLosses(random, share, 1 - 1 / meanBurst, share / (1 - share) / meanBurst);
    }

    /** Returns how many packets are lost in a row, on average, where each is lost independently of the others. */
    static double independentBurst(double share) {
        return 1 / (1 - share);
    }

    /** Returns whether the next packet is lost. */
    boolean next() {
        boolean lost = random.fraction() < next;
        next = lost ? afterLost : afterArrived;
        return lost;
    }

    /** Returns how many packets are sent, on average, until so many have arrived. */
    double sends(int arriving) {
        double first = 1 + next / (1 - afterLost);
        return arriving == 0 ? 0 : first + (arriving - 1) / (1 - share);
    }

    /** Returns the probability that none of some packets in a row is lost, in the long run. */
    double noneLost(int packets) {
        return (1 - share) * Math.pow(1 - afterArrived, packets - 1);
    }
}
