package glimpse.cli.edge;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a request to end the process (SIGTERM, Ctrl-C) end the work in order: what has begun is finished, nothing else
 * is begun, and the process ends when this is closed. Any thread may ask.
 */
public final class Termination implements AutoCloseable {
    private static final long LONGEST_SECONDS = 60; // whatever hangs, the process ends

    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Closeable wake;
    private final Thread hook = Thread.ofPlatform().unstarted(this::finish);

    private Termination(Closeable wake) {
        this.wake = wake;
    }

    /**
     * Begins to listen.
     *
     * @param wake is closed on request, to end a wait
     */
    public static Termination listen(Closeable wake) {
        Termination termination = new Termination(wake);
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    /** Returns whether the process is to end. */
    public boolean requested() {
        return requested.get();
    }

    private void finish() {
        requested.set(true);
        try {
            wake.close();
            finished.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            // the process ends now
        }
    }

    /** Reports that the work has ended. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested.get()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // the process is ending
            }
        }
    }
}
