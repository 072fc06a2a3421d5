package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.engine.image.PixelPatches;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PartialUploadsTest {
    private static final PixelPatches TWO = PixelPatches.of(1, 1, new int[] {1, 2}, new byte[2]);
    private static final PixelPatches THREE = PixelPatches.of(1, 1, new int[] {0, 5, 6}, new byte[3]);
    private static final long BYTES_OF_TWO = 256 + 2 * 5;

    private final AtomicLong now = new AtomicLong();

    private PartialUploads uploads(int most, long bytes) {
        return new PartialUploads(new PartialUploads.Limits(most, bytes, Duration.ofSeconds(30)), now::get);
    }

    @Test
    void theFirstRoundsAreFoundByTheirNumberOfPatches() {
        PartialUploads uploads = uploads(10, 10_000);
        uploads.keep(7, List.of(TWO, THREE));
        assertThat(uploads.firstRounds(7, 5)).contains(List.of(TWO, THREE));
        assertThat(uploads.firstRounds(7, 2)).contains(List.of(TWO)); // a request that comes twice
        assertThat(uploads.firstRounds(7, 3)).isEmpty();
        assertThat(uploads.firstRounds(7, 6)).isEmpty();
        assertThat(uploads.firstRounds(8, 2)).isEmpty();
    }

    @Test
    void anUploadExpiresAfterItsLastRound() {
        PartialUploads uploads = uploads(10, 10_000);
        uploads.keep(1, List.of(TWO));
        now.addAndGet(Duration.ofSeconds(20).toNanos());
        uploads.keep(1, List.of(TWO, THREE));
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        assertThat(uploads.firstRounds(1, 5)).isPresent();
        now.addAndGet(1);
        assertThat(uploads.firstRounds(1, 5)).isEmpty();
        assertThat(uploads.size()).isZero();
    }

    @Test
    void theOldestGoesFirstWhereThereAreTooMany() {
        PartialUploads uploads = uploads(2, 10_000);
        uploads.keep(1, List.of(TWO));
        uploads.keep(2, List.of(TWO));
        uploads.keep(1, List.of(TWO)); // used again
        uploads.keep(3, List.of(TWO));
        assertThat(uploads.firstRounds(2, 2)).isEmpty();
        assertThat(uploads.firstRounds(1, 2)).isPresent();
        assertThat(uploads.firstRounds(3, 2)).isPresent();
    }

    @Test
    void theirBytesAreBounded() {
        PartialUploads uploads = uploads(10, 2 * BYTES_OF_TWO);
        for (int id = 0; id < 5; id++) {
            uploads.keep(id, List.of(TWO));
            uploads.keep(id, List.of(TWO)); // counts once
        }
        assertThat(uploads.size()).isEqualTo(2);
        uploads.keep(9, List.of(TWO, THREE));
        assertThat(uploads.firstRounds(9, 5)).isPresent();
    }

    @Test
    void oneThatIsLargerThanAllMayBeIsNotKept() {
        PartialUploads uploads = uploads(10, BYTES_OF_TWO);
        uploads.keep(1, List.of(TWO, THREE));
        assertThat(uploads.size()).isZero();
        uploads.keep(1, List.of(TWO));
        assertThat(uploads.firstRounds(1, 2)).isPresent();
    }
}
