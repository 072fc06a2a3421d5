package glimpse.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glimpse.engine.ClassLabels;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageFolder;
import glimpse.evaluation.data.ImageSubset;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder of images holds besides images is skipped and told. */
class SkippedFilesTest {
    private static final ClassIndex LABELLED = ClassIndex.of(ClassLabels.ofLines(List.of("ant", "bee", "cow")), 3);
    private static final ClassIndex UNLABELLED = ClassIndex.of(ClassLabels.ofLines(List.of()), 3);
    private static final String EXPECTED = "; expected JPEG, PNG or WebP (.jpeg, .jpg, .png or .webp)";

    @TempDir
    Path folder;

    @Test
    void unsupportedFormatsAreCountedInOneLine() throws IOException {
        files("ant/1.png", "ant/2.bmp", "bee/3.GIF", "bee/4.gif", "cow/.5.gif", "notes.txt");

        Dataset dataset = ImageFolder.ofClassFolders(folder, LABELLED);

        assertThat(names(dataset)).containsExactly("ant/1.png");
        assertThat(dataset.remarks()).containsExactly(folder + ": 3 files skipped: 2 .gif, 1 .bmp" + EXPECTED);
        assertThat(ImageSubset.range(dataset, 0, 1).remarks()).isEqualTo(dataset.remarks());
    }

    @Test
    void everyOtherFormatIsKnown() throws IOException {
        files("ant/1.png");
        List<String> suffixes = List.of("gif", "bmp", "tif", "tiff", "jp2", "avif", "heic", "jxl");
        for (String suffix : suffixes) {
            files("ant/1." + suffix);
        }

        assertThat(ImageFolder.ofClassFolders(folder, LABELLED).remarks())
                .singleElement()
                .asString()
                .startsWith(folder + ": 8 files skipped: ")
                .contains(suffixes.stream().map(suffix -> "1 ." + suffix).toList());
    }

    @Test
    void aFolderOfImagesAloneHasNoRemarks() throws IOException {
        files("ant/1.png", "README");

        assertThat(ImageFolder.ofClassFolders(folder, LABELLED).remarks()).isEmpty();
    }

    @Test
    void aFolderOfUnsupportedFormatsIsRefused() throws IOException {
        files("ant/1.gif");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageFolder.ofClassFolders(folder, LABELLED))
                .withMessage(
                        folder + ": has no images (.jpeg, .jpg, .png or .webp); 1 file skipped: 1 .gif" + EXPECTED);
    }

    @Test
    void loopingLinksAreSkipped() throws IOException {
        files("ant/1.png", "bee/2.png");
        for (String link : List.of("top", "ant/up", "bee/up", "bee/again")) {
            Files.createSymbolicLink(folder.resolve(link), folder);
        }

        Dataset dataset = ImageFolder.ofClassFolders(folder, LABELLED);

        assertThat(names(dataset)).containsExactly("ant/1.png", "bee/2.png");
        assertThat(dataset.remarks())
                .containsExactly(folder + ": 4 looping links skipped: ant/up, bee/again, bee/up and 1 more");
    }

    @Test
    void danglingLinksOfImagesAreSkipped() throws IOException {
        files("ant/1.png");
        Files.createSymbolicLink(folder.resolve("ant/0.png"), folder.resolve("nowhere.png"));
        Files.createSymbolicLink(folder.resolve("ant/notes.txt"), folder.resolve("nowhere.txt"));
        Files.createSymbolicLink(folder.resolve("ant/.2.png"), folder.resolve("nowhere.png"));

        Dataset dataset = ImageFolder.ofClassFolders(folder, LABELLED);

        assertThat(names(dataset)).containsExactly("ant/1.png");
        assertThat(dataset.remarks()).containsExactly(folder + ": 1 dangling link skipped: ant/0.png");
    }

    @Test
    void otherLinksAreFollowed(@TempDir Path elsewhere) throws IOException {
        Path image = Files.writeString(elsewhere.resolve("1.png"), "twelve bytes");
        files("ant/0.png");
        Files.createSymbolicLink(folder.resolve("bee"), elsewhere);
        Files.createSymbolicLink(folder.resolve("ant/1.png"), image);

        Dataset dataset = ImageFolder.ofClassFolders(folder, LABELLED);

        assertThat(names(dataset)).containsExactly("ant/0.png", "ant/1.png", "bee/1.png");
        assertThat(dataset.fileBytes(1)).hasValue(12);
        assertThat(dataset.remarks()).isEmpty();
    }

    @Test
    void anUnreadableSubfolderIsSkipped() throws IOException {
        files("ant/1.png", "bee/2.png");
        Path bee = folder.resolve("bee");
        assumeTrue(Files.getFileStore(bee).supportsFileAttributeView("posix"), "skipped: no POSIX permissions");
        Files.setPosixFilePermissions(bee, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(bee), "skipped: the superuser reads every folder");

            Dataset dataset = ImageFolder.ofClassFolders(folder, LABELLED);

            assertThat(names(dataset)).containsExactly("ant/1.png");
            assertThat(dataset.remarks()).containsExactly(folder + ": 1 unreadable file or folder skipped: bee");
        } finally {
            Files.setPosixFilePermissions(bee, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void whatCantBeReadIsSkippedUnlessItIsTheWholeFolder() throws IOException {
        ImageFinder finder = new ImageFinder(folder);
        AccessDeniedException denied = new AccessDeniedException("denied");

        finder.visitFileFailed(folder.resolve("bee"), denied);
        finder.visitFileFailed(folder.resolve(".cache"), denied);
        finder.postVisitDirectory(folder.resolve("ant"), denied);

        assertThat(finder.skipped().lines()).containsExactly("2 unreadable files or folders skipped: ant, bee");
        assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> finder.visitFileFailed(folder, denied));
    }

    @Test
    void classFoldersWhoseImagesAreSkippedKeepTheirNumbers() throws IOException {
        files("n01/1.png", "n02/2.gif", "n03/3.png");

        Dataset dataset = ImageFolder.ofClassFolders(folder, UNLABELLED);

        assertThat(IntStream.range(0, 2).map(dataset::label)).containsExactly(0, 2);
    }

    @Test
    void skippedClassFoldersBeyondTheClassesAreNotOverlooked() throws IOException {
        files("n01/1.png", "n02/2.gif", "n03/3.png", "n04/4.png");

        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> ImageFolder.ofClassFolders(folder, UNLABELLED))
                .withMessageStartingWith(folder + ": folder n01 isn't a class of the model");
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
    }

    private static List<String> names(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::name).toList();
    }
}
