package glimpse.engine;

import glimpse.engine.parallel.PhysicalCores;
import glimpse.engine.parallel.WorkerTeam;

/**
 * The threads that forward passes run on: a given number, or one per physical core that the process may use. Several
 * models and sessions may share workers; their passes then take turns, first come, first served, so that never more
 * threads than these are busy. Callers may be platform or virtual threads. Idle workers are parked. Thread-safe.
 */
public final class Workers implements AutoCloseable {
    private final WorkerTeam team;
    private final String reason;

    private Workers(int threads, String reason) {
        this.team = new WorkerTeam(threads);
        this.reason = reason;
    }

    /**
     * Starts a given number of threads, the caller's included.
     *
     * @param threads 1..1024
     * @throws IllegalArgumentException if the number is out of range
     */
    public static Workers of(int threads) {
        return new Workers(threads, threads + " as requested");
    }

    /** Starts one thread per physical core that the process may use; the log says how many and why. */
    public static Workers ofPhysicalCores() {
        PhysicalCores cores = PhysicalCores.available();
        System.getLogger("glimpse.engine").log(System.Logger.Level.DEBUG, "threads: {0}", cores.reason());
        return new Workers(cores.count(), cores.reason());
    }

    /** Returns the number of threads, the caller's included. */
    public int threads() {
        return team.threads();
    }

    /** Returns why there are this many threads, in words. */
    public String reason() {
        return reason;
    }

    /**
     * Ends the threads; passes on them throw an {@link IllegalStateException} from then on. A second call does nothing.
     */
    @Override
    public void close() {
        team.close();
    }

    WorkerTeam team() {
        return team;
    }
}
