package glimpse.cli.edge;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DropFolderTest {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final List<String> lines = new ArrayList<>();
    private final Answers answers = new Answers(
            new Answers.Destination() {
                @Override
                public void append(String line) {
                    lines.add(line);
                }

                @Override
                public void close() {}
            },
            List.of());

    @Test
    void filesThatAreThereComeFirstByName() throws Exception {
        TestImages.write(folder.resolve("b.png"), 1);
        TestImages.write(folder.resolve("a.jpg"), 2);
        TestImages.write(folder.resolve(".hidden.png"), 3);
        TestImages.write(folder.resolve("sub").resolve("c.png"), 4);
        Files.writeString(folder.resolve("notes.txt"), "not an image");
        try (DropFolder drop = DropFolder.open(folder, answers)) {
            assertThat(drop.next()).contains(folder.resolve("a.jpg"));
            assertThat(drop.next()).contains(folder.resolve("b.png"));
        }
    }

    @Test
    void aFileThatIsWrittenOrMovedIntoTheFolderComes() throws Exception {
        try (DropFolder drop = DropFolder.open(folder, answers)) {
            Path written = TestImages.write(folder.resolve("a.png"), 1);
            assertThat(drop.next()).contains(written);
            Path part = TestImages.write(elsewhere.resolve("b.png"), 2);
            Path moved = Files.move(part, folder.resolve("b.part"));
            moved = Files.move(moved, folder.resolve("b.png"), StandardCopyOption.ATOMIC_MOVE);
            assertThat(drop.next()).contains(moved);
        }
    }

    @Test
    void anImageThatHasItsAnswerDoesNotComeAgain() throws Exception {
        Path first = TestImages.write(folder.resolve("a.png"), 1);
        answers.add(ImageVersion.of(first).orElseThrow(), "line");
        try (DropFolder drop = DropFolder.open(folder, answers)) {
            Path second = TestImages.write(folder.resolve("b.png"), 2);
            assertThat(drop.next()).contains(second);
        }
    }

    @Test
    void closingEndsTheWait() throws Exception {
        DropFolder drop = DropFolder.open(folder, answers);
        FutureTask<Optional<Path>> next = new FutureTask<>(drop::next);
        Thread.ofPlatform().start(next);
        drop.close();
        assertThat(next.get()).isEmpty();
    }

    @Test
    void imagesWhoseFilesHaveGoneAreForgotten() throws IOException {
        Path gone = folder.resolve("gone.png");
        ImageVersion version = new ImageVersion(gone.toString(), 1, 2);
        answers.add(version, "line");
        try (DropFolder drop = DropFolder.open(folder, answers)) {
            assertThat(drop).isNotNull();
            assertThat(answers.contains(version)).isFalse();
        }
    }
}
