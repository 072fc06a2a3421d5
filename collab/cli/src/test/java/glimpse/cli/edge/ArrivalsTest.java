package glimpse.cli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalsTest {
    private static final long QUIET = Arrivals.QUIET.toNanos();
    private static final long LONG_QUIET = Arrivals.QUIET_IF_INCOMPLETE.toNanos();

    @TempDir
    Path folder;

    private final Set<ImageVersion> answered = new HashSet<>();
    private final Arrivals arrivals = new Arrivals(answered::contains);

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.jpg"})
    void aCompleteFileArrivesWhenItHasBeenQuietForAMoment(String name) throws IOException {
        Path file = TestImages.write(folder.resolve(name), 1);
        arrivals.noticed(file);
        assertThat(arrivals.take(0)).isEmpty();
        assertThat(arrivals.take(QUIET - 1)).isEmpty();
        assertThat(arrivals.take(QUIET)).containsExactly(file);
        assertThat(arrivals.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.png", "a.jpg"})
    void aFileThatEndsTooEarlyIsWaitedForLonger(String name) throws IOException {
        byte[] whole = Files.readAllBytes(TestImages.write(folder.resolve(name), 1));
        Path file = Files.write(folder.resolve("b" + name), Arrays.copyOf(whole, whole.length / 2));
        arrivals.noticed(file);
        arrivals.take(0);
        assertThat(arrivals.take(LONG_QUIET - 1)).isEmpty();
        Files.write(file, whole);
        assertThat(arrivals.take(LONG_QUIET)).as("it has changed").isEmpty();
        assertThat(arrivals.take(LONG_QUIET + QUIET)).containsExactly(file);
    }

    @Test
    void aDamagedFileArrivesInTheEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "no picture, but long enough to be one");
        arrivals.noticed(file);
        arrivals.take(0);
        assertThat(arrivals.take(LONG_QUIET - 1)).isEmpty();
        assertThat(arrivals.take(LONG_QUIET)).containsExactly(file);
    }

    @Test
    void aFileThatGoesBeforeItArrivesIsForgotten() throws IOException {
        Path file = TestImages.write(folder.resolve("a.png"), 1);
        arrivals.noticed(file);
        arrivals.take(0);
        Files.delete(file);
        assertThat(arrivals.take(QUIET)).isEmpty();
        assertThat(arrivals.isEmpty()).isTrue();
    }

    @Test
    void anImageThatHasItsAnswerDoesNotArriveUnlessItsFileChanges() throws IOException {
        Path file = TestImages.write(folder.resolve("a.png"), 1);
        answered.add(ImageVersion.of(file).orElseThrow());
        arrivals.noticed(file);
        arrivals.take(0);
        assertThat(arrivals.isEmpty()).isTrue();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        arrivals.noticed(file);
        arrivals.take(0);
        assertThat(arrivals.take(QUIET)).containsExactly(file);
    }
}
