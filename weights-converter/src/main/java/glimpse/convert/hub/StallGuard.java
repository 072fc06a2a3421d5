package glimpse.convert.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A body that is closed when nothing arrives for a while: the JDK's client ends its own timeout at the headers. For one
 * reading thread.
 */
final class StallGuard implements AutoCloseable {
    private final InputStream body;
    private final Duration stall;
    private final Thread watch;
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean stalled;

    StallGuard(InputStream body, Duration stall) {
        this.body = body;
        this.stall = stall;
        this.watch = Thread.ofVirtual().name("glimpse-download-watch").start(this::watch);
    }

    private void watch() {
        try {
            long left = stall.toNanos();
            while (left > 0) {
                Thread.sleep(Duration.ofNanos(left));
                left = stall.toNanos() - (System.nanoTime() - lastNanos);
            }
            stalled = true;
            body.close(); // ends the read
        } catch (InterruptedException | IOException e) {
            // the body has been read, or is closed
        }
    }

    /** Reads as {@link InputStream#read(byte[])} does. */
    int read(byte[] buffer) throws IOException {
        try {
            int read = body.read(buffer);
            if (read < 0 && stalled) {
                throw new IOException("closed");
            }
            lastNanos = System.nanoTime();
            return read;
        } catch (IOException e) {
            if (stalled) {
                throw new TransientHubException("nothing arrived for " + stall.toSeconds() + " s");
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        watch.interrupt();
        body.close();
    }
}
