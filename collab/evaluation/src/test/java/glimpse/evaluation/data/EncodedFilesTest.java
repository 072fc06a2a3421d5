package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import glimpse.collab.fixture.TestImages;
import glimpse.engine.ClassLabels;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.listing.DatasetException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedFilesTest {
    @TempDir
    Path folder;

    private Dataset images;
    private Path encoded;

    @BeforeEach
    void write() throws IOException {
        Path source = TestImages.folder(folder.resolve("images"), List.of("ant", "bee"), 3);
        images = ImageFolder.ofClassFolders(source, ClassIndex.of(ClassLabels.ofLines(List.of("ant", "bee")), 2));
        encoded = folder.resolve("webp");
        for (int i = 0; i < images.size(); i++) {
            String name = images.name(i);
            Path file = encoded.resolve(name.substring(0, name.lastIndexOf('.')) + ".png");
            Files.createDirectories(file.getParent());
            TestImages.write(file, 50 + i);
        }
    }

    @Test
    void filesAreFoundUnderTheImagesNamesWithAnySuffix() throws IOException {
        Dataset both = new EncodedImages(images, Map.of("webp:40", EncodedFiles.of(encoded, images)));
        for (int i = 0; i < images.size(); i++) {
            String name = images.name(i);
            Path file = encoded.resolve(name.substring(0, name.lastIndexOf('.')) + ".png");
            assertThat(both.encoded("webp:40", i).image().samples())
                    .isEqualTo(ImageFileReader.read(file).samples());
            assertThat(both.encoded("webp:40", i).fileBytes()).hasValue(Files.size(file));
            assertThat(both.read(i).samples()).isEqualTo(images.read(i).samples());
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> both.encoded("webp:50", 0))
                .withMessage("there are no files encoded as webp:50");
    }

    /** Of a JPEG and a lossy WebP the first rows, of a PNG nothing. */
    @Test
    void theFirstBytesOfAFileAreDecodedAsFarAsTheyGo() throws IOException {
        byte[] webP;
        try (InputStream in = EncodedFilesTest.class.getResourceAsStream("lossy.webp")) {
            webP = Objects.requireNonNull(in).readAllBytes();
        }
        replace(0, ".webp", webP);
        byte[] jpeg = Files.readAllBytes(TestImages.write(folder.resolve("another.jpg"), 4));
        replace(1, ".jpg", jpeg);
        Dataset both = new EncodedImages(images, Map.of("any", EncodedFiles.of(encoded, images)));
        for (int i = 0; i < 2; i++) {
            byte[] complete = both.encoded("any", i).image().samples();
            int bytes = (i == 0 ? webP : jpeg).length;
            byte[] most =
                    both.encodedBeginning("any", i, bytes - 30).orElseThrow().samples();
            assertThat(most).hasSameSizeAs(complete).isNotEqualTo(complete);
            assertThat(Arrays.copyOf(most, 24 * 3)).isEqualTo(Arrays.copyOf(complete, 24 * 3));
            assertThat(both.encodedBeginning("any", i, bytes).orElseThrow().samples())
                    .isEqualTo(complete);
            assertThat(both.encodedBeginning("any", i, 30)).isEmpty();
        }
        assertThat(both.encodedBeginning("any", 2, 100)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> both.encodedBeginning("webp:50", 0, 100))
                .withMessage("there are no files encoded as webp:50");
    }

    private void replace(int index, String suffix, byte[] content) throws IOException {
        String name = images.name(index).substring(0, images.name(index).lastIndexOf('.'));
        Files.delete(encoded.resolve(name + ".png"));
        Files.write(encoded.resolve(name + suffix), content);
    }

    @Test
    void theHashDependsOnTheFiles() throws IOException {
        Dataset before = new EncodedImages(images, Map.of("webp", EncodedFiles.of(encoded, images)));
        Path any = encoded.resolve(images.name(1).substring(0, images.name(1).lastIndexOf('.')) + ".png");
        Files.write(any, new byte[7]);
        Dataset after = new EncodedImages(images, Map.of("webp", EncodedFiles.of(encoded, images)));
        assertThat(before.encodings()).containsOnlyKeys("webp").isNotEqualTo(after.encodings());
        assertThat(images.encodings()).isEmpty();
    }

    @Test
    void theHashIsTheSameForSomeOfTheImages() throws IOException {
        Dataset some = ImageSubset.range(images, 0, 2);
        assertThat(new EncodedImages(some, Map.of("webp", EncodedFiles.of(encoded, some))).encodings())
                .isEqualTo(new EncodedImages(images, Map.of("webp", EncodedFiles.of(encoded, images))).encodings());
    }

    @Test
    void anImageWithoutAFileIsNamed() throws IOException {
        Files.delete(encoded.resolve(images.name(2).substring(0, images.name(2).lastIndexOf('.')) + ".png"));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> EncodedFiles.of(encoded, images))
                .withMessageStartingWith(encoded + ": has no file for the image " + images.name(2));
    }

    @Test
    void twoFilesOfAnImageAreRefused() throws IOException {
        String name = images.name(0).substring(0, images.name(0).lastIndexOf('.'));
        Files.copy(encoded.resolve(name + ".png"), encoded.resolve(name + ".jpg"));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> EncodedFiles.of(encoded, images))
                .withMessage(encoded + ": has both " + name + ".jpg and " + name + ".png, expected one file per image");
    }
}
