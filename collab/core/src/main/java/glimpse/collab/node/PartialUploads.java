package glimpse.collab.node;

import glimpse.engine.image.PixelPatches;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The patches of uploads of which another round may follow, kept for a while. Bounded in number, bytes and age: what
 * was used longest ago goes first. An upload that is gone is sent anew, so nothing depends on its being here. A request
 * that comes twice finds what it found the first time. Thread-safe.
 */
public final class PartialUploads {
    /** Enough for hundreds of whole images, and for a slow link's next round to arrive. */
    public static final Limits DEFAULT_LIMITS = new Limits(4096, 64L << 20, Duration.ofSeconds(30));

    private static final int BYTES_PER_UPLOAD = 256; // beside pixels and positions
    private static final int BYTES_PER_POSITION = 4;

    /**
     * How much is kept.
     *
     * @param uploads the most uploads, at least 0
     * @param bytes the most bytes of memory, at least 0
     * @param age how long an upload is kept after its last round
     */
    public record Limits(int uploads, long bytes, Duration age) {}

    private final Limits limits;
    private final LongSupplier clock;
    private final Map<Long, Upload> uploads = new LinkedHashMap<>(); // guarded by this; last used last
    private long bytes; // guarded by this

    /**
     * The patches of an upload.
     *
     * @param rounds one per round, each without those before
     * @param bytes of memory
     * @param nanos when it was last used
     */
    private record Upload(List<PixelPatches> rounds, long bytes, long nanos) {}

    /** Keeps uploads within the default limits. */
    public PartialUploads() {
        this(DEFAULT_LIMITS, System::nanoTime);
    }

    /**
     * Keeps uploads within limits.
     *
     * @param clock a monotonic time in nanoseconds
     */
    public PartialUploads(Limits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Returns the patches of an upload's first rounds.
     *
     * @param uploadId chosen by the edge
     * @param patches number of patches in those rounds, at least 1
     * @return one element per round; empty unless the upload is here and some of its rounds have so many patches
     */
    synchronized Optional<List<PixelPatches>> firstRounds(long uploadId, int patches) {
        dropExcess();
        Upload upload = uploads.get(uploadId);
        if (upload == null) {
            return Optional.empty();
        }
        int count = 0;
        for (int i = 0; i < upload.rounds.size() && count < patches; i++) {
            count += upload.rounds.get(i).patches();
            if (count == patches) {
                return Optional.of(upload.rounds.subList(0, i + 1));
            }
        }
        return Optional.empty();
    }

    /** Keeps an upload's rounds in place of those that are here. */
    synchronized void keep(long uploadId, List<PixelPatches> rounds) {
        long size = BYTES_PER_UPLOAD;
        for (PixelPatches round : rounds) {
            size += (long) round.patches() * (round.patchBytes() + BYTES_PER_POSITION);
        }
        Upload before = uploads.remove(uploadId);
        bytes += size - (before == null ? 0 : before.bytes);
        uploads.put(uploadId, new Upload(List.copyOf(rounds), size, clock.getAsLong()));
        dropExcess();
    }

    /** Returns the number of uploads that are kept. */
    public synchronized int size() {
        dropExcess();
        return uploads.size();
    }

    private void dropExcess() {
        long now = clock.getAsLong();
        Iterator<Upload> oldest = uploads.values().iterator();
        while (oldest.hasNext()) {
            Upload upload = oldest.next();
            boolean fits = uploads.size() <= limits.uploads && bytes <= limits.bytes;
            if (fits && now - upload.nanos <= limits.age.toNanos()) {
                return;
            }
            oldest.remove();
            bytes -= upload.bytes;
        }
    }
}
