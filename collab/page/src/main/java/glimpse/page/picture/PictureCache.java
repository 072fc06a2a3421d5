package glimpse.page.picture;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The pictures of the last minutes, each under a token that can't be guessed. When it is full, the one that was asked
 * for longest ago goes. Thread-safe.
 */
public final class PictureCache {
    private static final int TOKEN_BYTES = 16;

    private final int capacity;
    private final Duration kept;
    private final LongSupplier clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true); // guarded by this

    private record Entry(ExaminedPicture picture, long sinceNanos) {}

    /**
     * Creates an empty cache.
     *
     * @param capacity the most pictures
     * @param kept how long a picture stays
     */
    public PictureCache(int capacity, Duration kept) {
        this(capacity, kept, System::nanoTime);
    }

    PictureCache(int capacity, Duration kept, LongSupplier clock) {
        this.capacity = capacity;
        this.kept = kept;
        this.clock = clock;
    }

    /** Adds a picture and returns its token. */
    public synchronized String add(ExaminedPicture picture) {
        removeOld();
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        entries.put(token, new Entry(picture, clock.getAsLong()));
        if (entries.size() > capacity) {
            entries.remove(entries.keySet().iterator().next());
        }
        return token;
    }

    /** Returns the picture of a token; empty if it has gone, or there was none. */
    public synchronized Optional<ExaminedPicture> find(String token) {
        removeOld();
        return Optional.ofNullable(entries.get(token)).map(Entry::picture);
    }

    private void removeOld() {
        long now = clock.getAsLong();
        entries.values().removeIf(entry -> now - entry.sinceNanos() > kept.toNanos());
    }
}
