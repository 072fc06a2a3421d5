package glimpse.collab.channel;

import glimpse.collab.channel.CircuitBreaker.Permit;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * Makes the best of a channel to a server that may be away, slow or overloaded. Every exchange ends within its limit.
 *
 * <ul>
 *   <li>A request that couldn't be delivered, or that the server refused for now, is sent again after a random pause
 *       (up to a bound that doubles: full jitter) and not before the server's Retry-After, if the limit allows. That is
 *       safe, because a request that comes twice changes nothing.
 *   <li>After three failures in a row nothing is sent for 750 ms, then one request tries; a server that asks for a
 *       longer pause than the limit allows gets it. Meanwhile exchanges fail at once.
 *   <li>Nothing is sent if recent exchanges say that this one wouldn't end within its limit.
 * </ul>
 *
 * <p>As thread-safe as the wrapped channel.
 */
public final class ResilientChannel implements Channel {
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final int FAILURES = 3;
    // an exchange that was lost when the server came back takes its limit, and these follow one after the other's start
    private static final Duration OPEN = Duration.ofMillis(750);
    private static final Duration MEASURED = Duration.ofMillis(750);

    private final Channel channel;
    private final Duration limit;
    private final Time time;
    private final LongUnaryOperator random; // a number below the bound
    private final CircuitBreaker breaker;
    private final LinkEstimate link;

    /**
     * Wraps a channel.
     *
     * @param channel sends one attempt and takes a limit; {@link #close} closes it too
     * @param limit the longest exchange if a caller sets no limit of its own
     */
    public ResilientChannel(Channel channel, Duration limit) {
        this(channel, limit, Time.system(), bound -> ThreadLocalRandom.current().nextLong(bound));
    }

    ResilientChannel(Channel channel, Duration limit, Time time, LongUnaryOperator random) {
        this.channel = Objects.requireNonNull(channel, "channel");
        this.limit = Objects.requireNonNull(limit, "limit");
        this.time = time;
        this.random = random;
        this.breaker = new CircuitBreaker(FAILURES, OPEN, time::nanos);
        this.link = new LinkEstimate(MEASURED, time::nanos);
    }

    @Override
    public byte[] exchange(byte[] request) throws IOException {
        return exchange(request, limit);
    }

    @Override
    public byte[] exchange(byte[] request, Duration within) throws IOException {
        long end = time.nanos() + within.toNanos();
        long expected = link.expectedNanos(request.length);
        if (expected > within.toNanos()) {
            throw new ChannelException(
                    FailureReason.LINK_TOO_SLOW,
                    "an exchange of " + request.length + " bytes takes about "
                            + Duration.ofNanos(expected).toMillis() + " ms, the limit is " + within.toMillis() + " ms");
        }
        Permit permit = breaker.acquire();
        if (permit == Permit.NONE) {
            throw new ChannelException(FailureReason.CIRCUIT_OPEN, "not sent: earlier requests failed");
        }
        boolean reported = false;
        try {
            byte[] reply = attempts(request, end, permit == Permit.TRIAL ? 1 : ATTEMPTS);
            breaker.succeeded();
            reported = true;
            return reply;
        } catch (IOException e) {
            report(e);
            reported = true;
            throw e;
        } finally {
            if (!reported) {
                breaker.failed(); // the channel threw what it shouldn't
            }
        }
    }

    private byte[] attempts(byte[] request, long end, int most) throws IOException {
        for (int attempt = 1; ; attempt++) {
            long began = time.nanos();
            try {
                byte[] reply = channel.exchange(request, Duration.ofNanos(Math.max(1, end - began)));
                link.record(request.length, time.nanos() - began);
                return reply;
            } catch (ChannelException e) {
                if (e.reason() == FailureReason.TIMEOUT) {
                    link.record(request.length, 2 * (time.nanos() - began)); // longer than that, who knows how much
                }
                Duration pause = pauseBeforeNext(e, attempt);
                if (!e.reason().mayPass() || attempt == most || end - time.nanos() <= pause.toNanos()) {
                    throw e;
                }
                sleep(pause);
            }
        }
    }

    private Duration pauseBeforeNext(ChannelException e, int attempt) {
        long bound = FIRST_PAUSE.toNanos() << attempt;
        return e.retryAfter().orElse(Duration.ZERO).plusNanos(random.applyAsLong(bound));
    }

    private void sleep(Duration pause) throws ChannelException {
        try {
            time.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChannelException(FailureReason.INTERRUPTED, "interrupted before another attempt", e);
        }
    }

    private void report(IOException failure) {
        if (!(failure instanceof ChannelException e)) {
            breaker.failed();
            return;
        }
        switch (e.reason()) {
            case REQUEST_REJECTED, UPLOAD_GONE -> breaker.succeeded(); // the next request may be a better one
            case INTERRUPTED -> breaker.abandoned();
            default -> e.retryAfter().ifPresentOrElse(breaker::refused, breaker::failed);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
