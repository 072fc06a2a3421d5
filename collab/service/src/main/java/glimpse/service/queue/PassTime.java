package glimpse.service.queue;

/** Estimates how long passes take from those that were measured. Guarded by the queue's lock. */
final class PassTime {
    private static final double WEIGHT = 0.2; // of a new measurement

    private double nanosPerMultiplyAdd;

    PassTime(double nanosPerMultiplyAdd) {
        this.nanosPerMultiplyAdd = nanosPerMultiplyAdd;
    }

    void measured(long multiplyAdds, long nanos) {
        nanosPerMultiplyAdd += WEIGHT * ((double) nanos / Math.max(1, multiplyAdds) - nanosPerMultiplyAdd);
    }

    long nanos(long multiplyAdds) {
        return (long) (multiplyAdds * nanosPerMultiplyAdd);
    }
}
