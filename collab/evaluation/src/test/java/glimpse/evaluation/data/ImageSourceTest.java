package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.fixture.TarWriter;
import glimpse.collab.fixture.TestImages;
import glimpse.engine.ClassLabels;
import glimpse.engine.image.ImageFormatException;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSourceTest {
    private static final ClassIndex FISH = ClassIndex.of(
            ClassLabels.ofLines(List.of("n01440764\ttench", "n01443537\tgoldfish", "n01484850\tgreat white shark")), 3);

    @TempDir
    Path folder;

    private byte[] picture = new byte[0];

    @BeforeEach
    void drawAPicture() throws IOException {
        picture = Files.readAllBytes(TestImages.write(folder.resolve("picture.png"), 1));
    }

    @Test
    void aTarOfClassFoldersMayHaveAFolderAroundThem() throws IOException {
        Path tar =
                tar("a.tar", new TarWriter().file("val/goldfish/b.png", picture).file("val/n01440764/a.png", picture));

        Dataset images = open(tar);

        assertThat(names(images)).containsExactly("goldfish/b.png", "n01440764/a.png");
        assertThat(labels(images)).containsExactly(1, 0);
        assertThat(images.fileBytes(0)).hasValue(picture.length);
        assertThat(images.read(1).height()).isEqualTo(24);
    }

    @Test
    void aFolderMayHoldATarPerClass() throws IOException {
        Files.delete(folder.resolve("picture.png"));
        tar("n01443537.tar", new TarWriter().file("b.png", picture).file("a.png", picture));
        tar("n01440764.tar", new TarWriter().file("a.png", picture));
        tar("._n01440764.tar", new TarWriter().file("a.png", picture));

        Dataset images = open(folder);

        assertThat(names(images)).containsExactly("n01440764/a.png", "n01443537/a.png", "n01443537/b.png");
        assertThat(labels(images)).containsExactly(0, 1, 1);
        Files.delete(folder.resolve("n01443537.tar"));
        assertThat(names(open(folder))).containsExactly("n01440764/a.png");
    }

    @Test
    void aTarOfTarsIsNamed() throws IOException {
        Path tar =
                tar("train.tar", new TarWriter().file("n01440764.tar", picture).file("n01443537.tar", picture));

        refused(tar)
                .withMessage(
                        tar + ": has no images (.jpeg, .jpg, .png or .webp); 2 archives in it skipped: n01440764.tar,"
                                + " n01443537.tar; expected images: unpack it, and name the folder of the archives");
    }

    @Test
    void aTarBesideClassFoldersIsLeftAlone() throws IOException {
        Files.delete(folder.resolve("picture.png"));
        Files.write(Files.createDirectory(folder.resolve("goldfish")).resolve("a.png"), picture);
        tar("val.tar", new TarWriter().file("b.png", picture));

        assertThat(names(open(folder))).containsExactly("goldfish/a.png");
    }

    @Test
    void theOnlyClassFolderIsKept() throws IOException {
        Path tar = tar("a.tar", new TarWriter().file("goldfish/sub/b.png", picture));

        assertThat(names(open(tar))).containsExactly("goldfish/sub/b.png");
    }

    @Test
    void aFlatTarTakesLabelsInTheOrderOfNames() throws IOException {
        Path tar = tar("a.tar", new TarWriter().file("b.png", picture).file("a.png", picture));
        Path labels = Files.writeString(folder.resolve("labels.txt"), "2\n0\n");

        Dataset images = ImageSource.open(tar, Optional.of(labels), Optional.empty(), FISH);

        assertThat(names(images)).containsExactly("a.png", "b.png");
        assertThat(labels(images)).containsExactly(2, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ILSVRC2012_devkit_t12.tar.gz", "ILSVRC2012_devkit_t12.tar"})
    void aFlatTarTakesLabelsFromTheDevelopmentKitBesideIt(String name) throws IOException {
        Path tar = tar("val.tar", new TarWriter().file("b.png", picture).file("a.png", picture));
        Path kit = kit(name, "1\n3\n", "map_clsloc.txt");

        Dataset images = open(tar);

        assertThat(labels(images)).containsExactly(2, 0);
        assertThat(images.remarks()).containsExactly(tar + ": the labels are those of " + kit);
        Path moved = Files.move(kit, folder.resolve("kit" + name.substring(name.indexOf('.'))));
        assertThat(labels(ImageSource.open(tar, Optional.of(moved), Optional.empty(), FISH)))
                .containsExactly(2, 0);
    }

    @Test
    void aDevelopmentKitThatIsntOneIsRefused() throws IOException {
        Path tar = tar("val.tar", new TarWriter().file("b.png", picture).file("a.png", picture));
        String name = "ILSVRC2012_devkit_t12.tar.gz";
        Path kit = kit(name, "1\n", "map_clsloc.txt");
        refused(tar).withMessage(kit + ": 1 labels without names, expected one for each of the 2 images of " + tar);
        kit(name, "1\n3\n", "readme.txt");
        refused(tar).withMessage(kit + ": has no file meta.mat or map_clsloc.txt");
        byte[] whole = Files.readAllBytes(kit);
        Files.write(kit, Arrays.copyOf(whole, whole.length / 2));
        refused(tar).withMessageStartingWith(kit + ": not a whole gzip file: ");
        Files.write(kit, picture);
        refused(tar).withMessageStartingWith(kit + ": not a whole gzip file: ");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(kit))) {
            out.write(picture);
        }
        refused(tar).withMessageStartingWith(kit + ": ").withMessageNotContaining("glimpse-devkit-");
    }

    /** Writes a kit whose classes, in its order, are the shark, the goldfish and the tench. */
    private Path kit(String name, String labels, String classes) throws IOException {
        byte[] tar = new TarWriter()
                .file("ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt", labels)
                .file("ILSVRC2012_devkit_t12/data/" + classes, "n01484850 1 a\nn01443537 2 b\nn01440764 3 c\n")
                .end();
        Path file = folder.resolve(name);
        try (OutputStream out = name.endsWith(".tar")
                ? Files.newOutputStream(file)
                : new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(tar);
        }
        return file;
    }

    @Test
    void webDatasetShardsHaveClassesBesideTheImages() throws IOException {
        tar("s-09.tar", new TarWriter().file("1.cls", "2\n").file("1.png", picture));
        tar(
                "s-10.tar",
                new TarWriter()
                        .file("1.png", picture)
                        .file("1.json", "{\"label\": 1}")
                        .file("x.png", picture)
                        .file("x.cls", "n01440764"));

        Dataset images = open(folder.resolve("s-{09..10}.tar"));

        assertThat(names(images)).containsExactly("s-09/1.png", "s-10/1.png", "s-10/x.png");
        assertThat(labels(images)).containsExactly(2, 1, 0);
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        tar("s-0.tar", new TarWriter().file("1.cls", "2").file("1.png", picture));

        refused(folder.resolve("s-{0..1}.tar"))
                .withMessage(folder.resolve("s-1.tar") + ": no such file, expected all of "
                        + folder.resolve("s-{0..1}.tar"));
    }

    @Test
    void anImageWithoutClassIsNamed() throws IOException {
        Path tar = tar(
                "a.tar",
                new TarWriter().file("1.cls", "2").file("1.png", picture).file("2.png", picture));

        refused(tar).withMessage(tar + ": no class for 2.png, expected 2.cls or 2.json");
    }

    @Test
    void whatATarHasBesidesImagesIsCounted() throws IOException {
        Path tar = tar(
                "a.tar",
                new TarWriter()
                        .file("goldfish/1.png", picture)
                        .file("goldfish/2.gif", "GIF")
                        .file("goldfish/._1.png", "hidden")
                        .add('2', "goldfish/3.png", "1.png", new byte[0]));

        assertThat(open(tar).remarks())
                .containsExactly(
                        tar + ": 1 file skipped: 1 .gif; expected JPEG, PNG or WebP (.jpeg, .jpg, .png or .webp)",
                        tar + ": 1 archived link skipped: goldfish/3.png");
    }

    @Test
    void aCorruptImageInATarIsNamed() throws IOException {
        Path tar = tar("a.tar", new TarWriter().file("goldfish/1.png", "no picture"));

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> open(tar).read(0))
                .withMessage(tar + ": goldfish/1.png: not an image in a known format, expected JPEG or PNG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b 1.png 2\na.png goldfish\n",
                "b 1.png\t2\na.png\tn01443537",
                "path,label\n\"b 1.png\",great_white_shark\na.png,1",
                "\uFEFFb 1.png\t2\r\na.png\t1\r\n"
            })
    void aListHasPathsAndClasses(String content) throws IOException {
        Files.write(folder.resolve("b 1.png"), picture);
        Files.write(folder.resolve("a.png"), picture);
        Path list = Files.writeString(folder.resolve("list.txt"), content);

        Dataset images = open(list);

        assertThat(names(images)).containsExactly("b 1.png", "a.png");
        assertThat(labels(images)).containsExactly(2, 1);
        assertThat(images.read(0).height()).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"./picture.png 1", "../FOLDER/picture.png,1", "./picture.png goldfish"})
    void theFirstLineOfAListMayLeadThroughTheFoldersAroundIt(String line) throws IOException {
        Files.write(folder.resolve("a.png"), picture);
        Path list = Files.writeString(
                folder.resolve("list.txt"), line.replace("FOLDER", "" + folder.getFileName()) + "\na.png 0\n");

        assertThat(labels(open(list))).containsExactly(1, 0);
    }

    @Test
    void aFirstLineWithAClassIsNoHeader() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "picture.txt 1\npicture.png 0\n");

        refused(list).withMessage(list + ": line 1: picture.txt isn't an image (.jpeg, .jpg, .png or .webp)");
    }

    @Test
    void whatAListNamesButIsMissingIsCounted() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "picture.png 0\nno.png 1\nsome.gif 1\n");

        assertThat(open(list).remarks())
                .containsExactly(
                        list + ": 1 file skipped: 1 .gif; expected JPEG, PNG or WebP (.jpeg, .jpg, .png or .webp)",
                        list + ": 1 unreadable file or folder skipped: no.png");
    }

    @Test
    void aClassThatTheModelLacksIsNamed() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "picture.png 3\n");

        refused(list)
                .withMessage(list + ": picture.png has class '3', expected 0..2 or a class of the model; the first of"
                        + " the model's 3 classes is n01440764 'tench'; the labels seem to be counted from 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture.png", "./picture.png", "././picture.png"})
    void anImageThatIsListedTwiceIsRefused(String again) throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "picture.png 1\n" + again + " 1\n");

        refused(list).withMessage(list + ": line 2: " + again + " is listed twice");
    }

    private Path tar(String name, TarWriter writer) throws IOException {
        return Files.write(folder.resolve(name), writer.end());
    }

    private static Dataset open(Path images) throws IOException {
        return ImageSource.open(images, Optional.empty(), Optional.empty(), FISH);
    }

    private static ThrowableAssertAlternative<DatasetException> refused(Path images) {
        return assertThatExceptionOfType(DatasetException.class).isThrownBy(() -> open(images));
    }

    private static List<String> names(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::name).toList();
    }

    private static List<Integer> labels(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    }
}
