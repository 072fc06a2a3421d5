package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.engine.ClassLabels;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.listing.DatasetException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
    private static final ClassIndex FISH = ClassIndex.of(
            ClassLabels.ofLines(List.of("n01440764\ttench", "n01443537\tgoldfish", "n01484850\tgreat white shark")), 3);

    @TempDir
    Path folder;

    @Test
    void wnidFoldersHaveTheModelsClasses() throws IOException {
        image("n01484850/b.png");
        image("n01443537/z.JPG");
        image("n01443537/sub/a.jpeg");
        image("n01484850/B.webp");

        Dataset dataset = ImageFolder.ofClassFolders(folder, FISH);

        assertThat(names(dataset))
                .containsExactly("n01443537/sub/a.jpeg", "n01443537/z.JPG", "n01484850/B.webp", "n01484850/b.png");
        assertThat(labels(dataset)).containsExactly(1, 1, 2, 2);
    }

    @Test
    void foldersMayBeNamedAfterClasses() throws IOException {
        image("great white shark/1.png");
        image("tench/1.png");

        assertThat(labels(ImageFolder.ofClassFolders(folder, FISH))).containsExactly(2, 0);
    }

    @Test
    void withoutLabelsAllClassFoldersAreNumberedInOrder() throws IOException {
        image("n03/1.png");
        image("n01/1.png");
        image("n02/1.png");

        assertThat(labels(ImageFolder.ofClassFolders(folder, ClassIndex.of(ClassLabels.ofLines(List.of()), 3))))
                .containsExactly(0, 1, 2);
    }

    @Test
    void withoutLabelsSomeClassFoldersAreRefused() throws IOException {
        image("n03/1.png");

        refused(() -> ImageFolder.ofClassFolders(folder, ClassIndex.of(ClassLabels.ofLines(List.of()), 3)))
                .withMessageStartingWith(
                        folder + ": folder n03 isn't a class of the model; the model has no class labels:"
                                + " convert it again with --labels FILE");
    }

    @Test
    void foldersMayBeNumbered() throws IOException {
        image("2/1.png");
        image("0/1.png");

        assertThat(labels(ImageFolder.ofClassFolders(folder, FISH))).containsExactly(0, 2);
    }

    @Test
    void foldersNumberedFromOneAreRefused() throws IOException {
        image("1/1.png");
        image("3/1.png");

        refused(() -> ImageFolder.ofClassFolders(folder, FISH))
                .withMessage(folder + ": the class folders are numbered up to 3, expected 0..2; the labels seem to be"
                        + " counted from 1");
    }

    @Test
    void anUnknownClassFolderIsNamed() throws IOException {
        image("n01440764/1.png");
        image("n09999999/1.png");

        refused(() -> ImageFolder.ofClassFolders(folder, FISH))
                .withMessage(
                        folder + ": folder n09999999 isn't a class of the model; the first of the model's 3 classes"
                                + " is n01440764 'tench'");
    }

    @Test
    void wnidFoldersAndLabelsWithoutWnidsGetAdvice() throws IOException {
        image("n01440764/1.png");

        refused(() -> ImageFolder.ofClassFolders(
                        folder, ClassIndex.of(ClassLabels.ofLines(List.of("tench", "goldfish")), 2)))
                .withMessageContaining("the model's labels have no WordNet ids, the first is 'tench'")
                .withMessageContaining("--labels FILE");
    }

    @Test
    void otherFilesHiddenOnesAndFoldersWithoutImagesDoNotCount() throws IOException {
        image("tench/1.png");
        image("tench/.hidden.png");
        image(".cache/1.png");
        text("README.md", "");
        text("notes/a.txt", "");
        text("tench/png", "");
        Files.createDirectory(folder.resolve("tench/folder.png"));

        assertThat(names(ImageFolder.ofClassFolders(folder, FISH))).containsExactly("tench/1.png");
    }

    @Test
    void anImageOutsideClassFoldersIsNamed() throws IOException {
        image("tench/1.png");
        image("2.png");

        refused(() -> ImageFolder.ofClassFolders(folder, FISH))
                .withMessage(
                        folder + ": 2.png isn't in a class folder; for images without class folders give a file with"
                                + " their labels");
    }

    @Test
    void anEmptyFolderIsRefused() {
        refused(() -> ImageFolder.ofClassFolders(folder, FISH))
                .withMessage(folder + ": has no images (.jpeg, .jpg, .png or .webp)");
    }

    @Test
    void aMissingFolderIsRefused() {
        Path missing = folder.resolve("missing");

        refused(() -> ImageFolder.ofClassFolders(missing, FISH)).withMessage(missing + ": no such folder");
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = text("file", "");

        refused(() -> ImageFolder.ofClassFolders(file, FISH)).withMessage(file + ": not a folder");
    }

    @Test
    void aCorruptImageIsNamedAndLeavesOthersReadable() throws IOException {
        image("tench/1.png");
        text("tench/2.png", "no picture");
        image("tench/3.png");

        Dataset dataset = ImageFolder.ofClassFolders(folder, FISH);

        assertThatExceptionOfType(ImageFormatException.class)
                .isThrownBy(() -> dataset.read(1))
                .withMessage(folder.resolve("tench/2.png") + ": not an image in a known format, expected JPEG or PNG");
        RgbImage other = dataset.read(2);
        assertThat(other.width()).isEqualTo(5);
        assertThat(dataset.fileBytes(1)).hasValue("no picture".length());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    "b.jpeg 2\na.jpeg 0"
                    "a.jpeg\t0\r\nb.jpeg\t2\r\n"
                    "a.jpeg, n01440764\nb.jpeg, n01484850"
                    "file,label,more\na.jpeg,0,1 2 3\nb.jpeg,2,4 5 6"
                    "ImageId,PredictionString\nb,n01484850 85 1 499 272 n01484850 1 2 3 4\na,n01440764 1 2 3 4"
                    "a.jpeg 0\nb.jpeg 2\nnot-here.jpeg 1"
                    "0\n2"
                    "n01440764\nn01484850\n"
                    "\uFEFFa.jpeg 0\nb.jpeg 2"
                    "\uFEFF0\n2"
                    """)
    void labelsMayBeInAFile(String content) throws IOException {
        image("b.jpeg");
        image("a.jpeg");
        Path labels = text("labels.txt", content);

        Dataset dataset = ImageFolder.withLabels(folder, labels, FISH);

        assertThat(names(dataset)).containsExactly("a.jpeg", "b.jpeg");
        assertThat(labels(dataset)).containsExactly(0, 2);
    }

    @Test
    void labelsMayBeQuoted() throws IOException {
        image("b.jpeg");
        image("a, 1.jpeg");
        Path labels = text(
                "labels.csv",
                "\"ImageId\",\"PredictionString\"\n\"b\",\"n01484850 1 2 3 4\"\n\"a, 1\",\"n01440764 1 2\"\n");

        assertThat(labels(ImageFolder.withLabels(folder, labels, FISH))).containsExactly(0, 2);
    }

    @Test
    void quotationMarksThatDoNotMatchAreRefused() throws IOException {
        image("a.jpeg");
        Path labels = text("labels.csv", "a.jpeg,1\n\"a,1\n");

        refused(() -> ImageFolder.withLabels(folder, labels, FISH))
                .withMessage(labels + ": line 2: the quotation marks don't match");
    }

    @Test
    void labelsMayNamePathsAndNamesWithSpaces() throws IOException {
        image("day 1/a.jpeg");
        image("day 2/a.jpeg");
        Path labels = text("labels.tsv", "day 2/a.jpeg\t1\nday 1/a.jpeg\t0");

        assertThat(labels(ImageFolder.withLabels(folder, labels, FISH))).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    "a.jpeg 0\nb.jpeg 3"      | "line 2: class 3, expected 0..2 (the model's indices start at 0)"
                    "a.jpeg 0\nb.jpeg -1"     | "line 2: class -1, expected 0..2 (the model's indices start at 0)"
                    "0\n1000"                 | "line 2: class 1000, expected 0..2 (the model's indices start at 0)"
                    "a.jpeg 0\nb.jpeg x"      | "line 2: 'x' is neither an index nor the WordNet id of a class; the first of the model's 3 classes is n01440764 'tench'"
                    "a.jpeg 0\na.jpeg 1"      | "line 2: a.jpeg has class 1, but class 0 in an earlier line"
                    "a.jpeg 0\n1"             | "has lines with and without names, expected lines with a name and a class, or with a class alone"
                    "\n"                      | "has no labels, expected lines with a name and a class, or with a class alone"
                    """)
    void unusableLabelsAreNamed(String content, String message) throws IOException {
        image("a.jpeg");
        image("b.jpeg");
        Path labels = text("labels.txt", content);

        refused(() -> ImageFolder.withLabels(folder, labels, FISH)).withMessage(labels + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\n3", "a.jpeg 1\nb.jpeg 3", "file,ILSVRC2012_ID\na.jpeg,2\nb.jpeg,3"})
    void labelsCountedFromOneAreRecognized(String content) throws IOException {
        image("a.jpeg");
        image("b.jpeg");
        Path labels = text("labels.txt", content);

        refused(() -> ImageFolder.withLabels(folder, labels, FISH))
                .withMessage(labels + ": line " + content.lines().count()
                        + ": class 3, expected 0..2 (the model's indices start at 0); the labels seem to be counted"
                        + " from 1. The order of ILSVRC2012_ID isn't the models' order either, which is that of the"
                        + " WordNet ids: expected the development kit's meta.mat beside the labels, lines of"
                        + " FILE,CLASS, or WordNet ids");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3\n0", "4\n3", "3\nn01440764", "3\n-1"})
    void otherLabelsBeyondTheClassesAreNotTakenForSuch(String content) throws IOException {
        image("a.jpeg");
        image("b.jpeg");
        Path labels = text("labels.txt", content);

        refused(() -> ImageFolder.withLabels(folder, labels, FISH))
                .withMessageEndingWith("expected 0..2 (the model's indices start at 0)");
    }

    @Test
    void anImageWithoutLabelIsNamed() throws IOException {
        image("a.jpeg");
        image("b.jpeg");
        Path labels = text("labels.txt", "a.jpeg 0");

        refused(() -> ImageFolder.withLabels(folder, labels, FISH))
                .withMessage(labels + ": no label for b.jpeg of " + folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0\n1\n2"})
    void thereMustBeOneOrderedLabelPerImage(String content) throws IOException {
        image("a.jpeg");
        image("b.jpeg");
        Path labels = text("labels.txt", content);

        refused(() -> ImageFolder.withLabels(folder, labels, FISH))
                .withMessage(labels + ": " + content.lines().count() + " labels without names, expected one for each of"
                        + " the 2 images of " + folder);
    }

    @Test
    void labelsThatCantBeReadAreNamed() throws IOException {
        image("a.jpeg");
        Path missing = folder.resolve("missing.txt");
        Path binary = folder.resolve("binary.txt");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});

        refused(() -> ImageFolder.withLabels(folder, missing, FISH)).withMessage(missing + ": no such file");
        refused(() -> ImageFolder.withLabels(folder, binary, FISH)).withMessage(binary + ": not UTF-8 text");
        refused(() -> ImageFolder.withLabels(folder, folder, FISH))
                .withMessageStartingWith(folder + ": can't be read: ");
    }

    private void image(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        // the content decides how it is decoded, not the suffix
        ImageIO.write(new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    }

    private Path text(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> names(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::name).toList();
    }

    private static List<Integer> labels(Dataset dataset) {
        return IntStream.range(0, dataset.size()).mapToObj(dataset::label).toList();
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<DatasetException> refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatExceptionOfType(DatasetException.class).isThrownBy(call);
    }
}
