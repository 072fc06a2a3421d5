package glimpse.convert.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A body that is closed when nothing arrives for a while, or when the time for all of it is over: the JDK's client ends
 * its own timeout at the headers. For one reading thread.
 */
public final class GuardedBody implements AutoCloseable {
    private final InputStream body;
    private final Duration stall;
    private final Duration total;
    private final long endNanos;
    private final Thread watch;
    private volatile long lastNanos = System.nanoTime();
    private volatile @Nullable String ended; // why, if the time is over

    /**
     * Guards a body.
     *
     * @param stall how long nothing may arrive
     * @param total how long all of it may take from now on
     */
    public GuardedBody(InputStream body, Duration stall, Duration total) {
        this.body = body;
        this.stall = stall;
        this.total = total;
        this.endNanos = System.nanoTime() + total.toNanos();
        this.watch = Thread.ofVirtual().name("glimpse-download-watch").start(this::watch);
    }

    private void watch() {
        try {
            for (long left = left(); left > 0; left = left()) {
                Thread.sleep(Duration.ofNanos(left));
            }
            boolean stalled = endNanos - System.nanoTime() > 0;
            ended = stalled
                    ? "nothing arrived for " + stall.toSeconds() + " s"
                    : "took longer than " + total.toSeconds() + " s";
            body.close(); // ends the read
        } catch (InterruptedException | IOException e) {
            // the body has been read, or is closed
        }
    }

    private long left() {
        long now = System.nanoTime();
        return Math.min(stall.toNanos() - (now - lastNanos), endNanos - now);
    }

    /**
     * Reads as {@link InputStream#read(byte[])} does.
     *
     * @throws IOException saying so if the time is over
     */
    public int read(byte[] buffer) throws IOException {
        try {
            int read = body.read(buffer);
            if (read < 0 && ended != null) {
                throw new IOException("closed");
            }
            lastNanos = System.nanoTime();
            return read;
        } catch (IOException e) {
            String reason = ended;
            throw reason == null ? e : new IOException(reason, e);
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        body.close();
    }
}
