package glimpse.engine;

import glimpse.engine.parallel.WorkerTeam;

/**
 * The threads that forward passes share: as many as asked for, or one for each physical core that the process may use.
 * Several models and sessions may use the same workers; their passes then take turns, so that there are never more
 * threads at work than this. Idle workers are parked. Thread-safe.
 */
public final class Workers implements AutoCloseable {
    private final WorkerTeam team;
    private final String reason;

    private Workers(int threads, String reason) {
        this.team = new WorkerTeam(threads);
        this.reason = reason;
    }

    /**
     * So many threads, the caller's included.
     *
     * @param threads 1..1024
     */
    public static Workers of(int threads) {
        return new Workers(threads, threads + " as asked for");
    }

    /** A thread for each physical core that the process may use; the log says which and why. */
    public static Workers ofPhysicalCores() {
        PhysicalCores cores = PhysicalCores.available();
        System.getLogger("glimpse.engine").log(System.Logger.Level.DEBUG, "threads: {0}", cores.reason());
        return new Workers(cores.count(), cores.reason());
    }

    /** Number of threads, the caller's included. */
    public int threads() {
        return team.threads();
    }

    /** Why there are so many, in words. */
    public String reason() {
        return reason;
    }

    /** Ends the threads; sessions that use them fail from then on. */
    @Override
    public void close() {
        team.close();
    }

    WorkerTeam team() {
        return team;
    }
}
