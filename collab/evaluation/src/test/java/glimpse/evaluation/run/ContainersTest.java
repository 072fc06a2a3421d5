package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TarWriter;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.ClassLabels;
import glimpse.engine.Workers;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.data.ImageSource;
import glimpse.evaluation.data.ImageSubset;
import glimpse.evaluation.parquet.ParquetImageFile;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same images give the same rows, names and places in the list apart, whatever they are stored in. */
class ContainersTest {
    private static final int IMAGES = 6;
    private static final ClassIndex CLASSES = ClassIndex.of(ClassLabels.none(), 3);
    private static final EvaluationPlan PLAN = EvaluationPlan.of(
            List.of(new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(0.8f))),
            List.of(PayloadCodec.raw()),
            List.of(),
            true);

    @TempDir
    Path folder;

    private Workers workers;
    private Classifier edge;
    private Classifier server;
    private Path parquet;
    private ParquetImageFile images;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = TinyModel.load(folder, TinyModel.RGB, 2, workers);
        try (InputStream in = ParquetImageFile.class.getResourceAsStream("snappy.parquet")) {
            parquet = Files.write(
                    folder.resolve("val.parquet"), Objects.requireNonNull(in).readAllBytes());
        }
        images = ParquetImageFile.open(parquet);
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    @Test
    void rowsDoNotDependOnTheContainer() throws Exception {
        List<String> expected = rows("parquet", open(parquet, Optional.empty()));

        assertThat(expected).hasSize(1 + IMAGES).doesNotHaveDuplicates();
        assertThat(rows("folder", open(classFolders(), Optional.empty()))).isEqualTo(expected);
        assertThat(rows("list", open(list(), Optional.empty()))).isEqualTo(expected);
        assertThat(rows("flat", open(flatTar(), Optional.of(labels())))).isEqualTo(expected);
        assertThat(rows("classes", open(classTar(), Optional.empty()))).isEqualTo(expected);
        assertThat(rows("web", open(webDataset(), Optional.empty()))).isEqualTo(expected);
    }

    @Test
    void aRunOnParquetIsResumed() throws Exception {
        Dataset all = open(parquet, Optional.empty());
        rows("whole", all);
        rows("resumed", ImageSubset.range(all, 0, 4));
        byte[] before = Files.readAllBytes(folder.resolve("resumed/images.csv"));

        rows("resumed", all);

        assertThat(folder.resolve("resumed/images.csv")).hasSameBinaryContentAs(folder.resolve("whole/images.csv"));
        assertThat(Files.readAllBytes(folder.resolve("resumed/images.csv"))).startsWith(before);
    }

    private Path classFolders() throws IOException {
        Path classes = folder.resolve("classes");
        for (int i = 0; i < IMAGES; i++) {
            Files.createDirectories(classes.resolve("" + label(i)));
            Files.write(classes.resolve(label(i) + "/" + i + ".png"), images.image(i));
        }
        return classes;
    }

    private Path list() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            Files.write(folder.resolve(i + ".png"), images.image(i));
            lines.append(i).append(".png ").append(label(i)).append('\n');
        }
        return Files.writeString(folder.resolve("list.txt"), lines);
    }

    private Path labels() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            lines.append(label(i)).append('\n');
        }
        return Files.writeString(folder.resolve("labels.txt"), lines);
    }

    private Path flatTar() throws IOException {
        TarWriter tar = new TarWriter();
        for (int i = 0; i < IMAGES; i++) {
            tar.file(i + ".png", images.image(i));
        }
        return Files.write(folder.resolve("flat.tar"), tar.end());
    }

    private Path classTar() throws IOException {
        TarWriter tar = new TarWriter();
        for (int i = 0; i < IMAGES; i++) {
            tar.file(label(i) + "/" + i + ".png", images.image(i));
        }
        return Files.write(folder.resolve("classes.tar"), tar.end());
    }

    private Path webDataset() throws IOException {
        TarWriter tar = new TarWriter();
        for (int i = 0; i < IMAGES; i++) {
            tar.file(i + ".png", images.image(i)).file(i + ".cls", "" + label(i));
        }
        return Files.write(folder.resolve("web.tar"), tar.end());
    }

    private long label(int row) {
        return images.rows().get(row).label();
    }

    private static Dataset open(Path images, Optional<Path> labels) throws IOException {
        return ImageSource.open(images, labels, Optional.empty(), CLASSES);
    }

    /** Returns the rows without the images' indices and names, sorted. */
    private List<String> rows(String name, Dataset dataset) throws Exception {
        Fingerprint fingerprint = new Fingerprint(new TreeMap<>(Map.of("test", "1")));
        try (RunFolder run = RunFolder.open(folder.resolve(name), fingerprint, false)) {
            new Evaluation(edge, new InProcessChannel(new ServerNode(server)), PLAN, 4).run(dataset, run, new Silent());
        }
        return Files.readString(folder.resolve(name).resolve("images.csv"))
                .lines()
                .map(line -> line.replaceFirst("^[^,]*,[^,]*,", ""))
                .sorted()
                .toList();
    }
}
