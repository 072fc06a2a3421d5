package glimpse.spark.command;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.spark.LocalSpark;
import glimpse.spark.LocalSpark.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterEmbedCommandTest {
    @TempDir
    Path folder;

    private Path model;
    private Path images;

    @BeforeEach
    void makeModelAndImages() throws IOException {
        model = TinyModel.write(folder.resolve("model.safetensors"), TinyModel.ENCODER, 1, List.of());
        images = folder.resolve("images");
        TestImages.write(images.resolve("a/one.png"), 1);
        TestImages.write(images.resolve("b/c/two.JPG"), 2);
        Files.writeString(images.resolve("notes.txt"), "no image");
    }

    @Test
    void imagesAtAnyDepthGetFeatures() {
        Outcome outcome = embed(folder.resolve("out"));
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<Row> rows = rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().getString(0)).endsWith("/a/one.png");
        assertThat(rows).allSatisfy(row -> assertThat(row.getList(1)).hasSize(TinyModel.ENCODER.width()));
    }

    @Test
    void aBrokenImageIsCountedAndTheOthersAreEmbedded() throws IOException {
        Files.writeString(images.resolve("a/broken.png"), "no picture");
        Outcome outcome = embed(folder.resolve("out"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("1 image without features").hasLineCount(1);
        assertThat(rows()).hasSize(3);
    }

    @Test
    void emptyFilesAreLeftOut() throws IOException {
        Files.createFile(images.resolve("a/empty.png"));
        assertThat(embed(folder.resolve("out")).exitCode()).isZero();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void anOutputThatExistsIsRefused() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Outcome outcome = embed(out);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(out.toString()).hasLineCount(1);
    }

    @Test
    void aMissingFolderOfImagesIsNamed() {
        images = folder.resolve("nowhere");
        Outcome outcome = embed(folder.resolve("out"));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("nowhere").hasLineCount(1);
    }

    private Outcome embed(Path out) {
        return LocalSpark.cluster(
                "embed", "--model", model.toString(), "--images", images.toString(), "--out", out.toString());
    }

    private List<Row> rows() {
        return LocalSpark.session()
                .read()
                .parquet(folder.resolve("out").toString())
                .orderBy("image")
                .collectAsList();
    }
}
