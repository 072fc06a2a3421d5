package glimpse.bench.clients;

import java.util.List;

/**
 * What clients have measured.
 *
 * @param nanos how long each pass took, ascending
 * @param elapsedNanos how long all clients ran
 */
record Latencies(List<Long> nanos, long elapsedNanos) {
    double perSecond() {
        return nanos.size() * 1e9 / elapsedNanos;
    }

    /** Returns the time in milliseconds that a share of the passes don't exceed. */
    double quantileMillis(double share) {
        return nanos.get((int) Math.min(nanos.size() - 1, Math.ceil(share * nanos.size()) - 1)) / 1e6;
    }
}
