package glimpse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TarWriter;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same 12 images in every form in which {@code --images} reads them. */
class ImageFormsTest {
    private static final List<String> LABELS = List.of("ant", "bee", "cow");

    @TempDir
    Path folder;

    private Path edge;
    private Path server;
    private final List<String> names = new ArrayList<>(); // sorted

    @BeforeEach
    void write() throws IOException {
        edge = TinyModel.write(folder.resolve("edge"), TinyModel.RGB, 1, LABELS);
        server = TinyModel.write(folder.resolve("server"), TinyModel.RGB, 2, LABELS);
        for (int i = 0; i < 12; i++) {
            String name = LABELS.get(i / 4) + "/image" + (100 + i) + (i % 2 == 0 ? ".png" : ".jpg");
            names.add(name);
            TestImages.write(folder.resolve("images").resolve(name), i);
            TestImages.write(folder.resolve("flat").resolve(fileName(name)), i);
        }
    }

    @Test
    void aTarOfClassFoldersGivesTheFoldersRows() throws IOException {
        TarWriter tar = new TarWriter();
        for (String name : names.reversed()) {
            tar.file("./images/" + name, content(name));
        }

        assertThat(rows(write("class.tar", tar))).isEqualTo(rows(folder.resolve("images")));
    }

    @Test
    void aFlatTarWithLabelsGivesTheFlatFoldersRows() throws IOException {
        TarWriter tar = new TarWriter();
        for (String name : names.reversed()) {
            tar.file(fileName(name), content(name));
        }
        Path labels = Files.writeString(
                folder.resolve("labels.csv"),
                names.stream().map(name -> fileName(name) + "," + label(name)).collect(Collectors.joining("\n")));

        String expected = rows(folder.resolve("flat"), "--labels", labels);

        assertThat(rows(write("flat.tar", tar), "--labels", labels)).isEqualTo(expected);
        assertThat(withoutFolders(rows(folder.resolve("images")))).isEqualTo(expected);
    }

    @Test
    void webDatasetGivesTheFoldersRowsWithNamesOfItsOwn() throws IOException {
        for (int shard = 0; shard < 2; shard++) {
            TarWriter tar = new TarWriter();
            for (String name : names.subList(shard * 6, shard * 6 + 6)) {
                String key = fileName(name).substring(0, 8);
                boolean json = label(name) == 1;
                tar.file(fileName(name), content(name))
                        .file(key + (json ? ".json" : ".cls"), json ? "{\"label\": 1}" : "" + label(name));
            }
            write("shard-" + shard + ".tar", tar);
        }

        assertThat(withoutFolders(rows(folder.resolve("shard-{0..1}.tar"))))
                .isEqualTo(withoutFolders(rows(folder.resolve("images"))));
    }

    @Test
    void aListGivesTheFoldersRows() throws IOException {
        Path list = Files.writeString(
                folder.resolve("images/list.txt"),
                names.stream().map(name -> name + " " + label(name)).collect(Collectors.joining("\n")));

        assertThat(rows(list)).isEqualTo(rows(folder.resolve("images")));
    }

    private String rows(Path images, Object... more) throws IOException {
        Path out = folder.resolve("out-" + images.getFileName());
        List<Object> arguments = new ArrayList<>(List.of(
                "evaluate", "--edge", edge, "--server", server, "--images", images, "--out", out, "--select", "top:4"));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        String rows = Files.readString(out.resolve("images.csv"));
        assertThat(rows.lines()).hasSize(1 + 12);
        return rows;
    }

    private Path write(String name, TarWriter tar) throws IOException {
        return Files.write(folder.resolve(name), tar.end());
    }

    private byte[] content(String name) throws IOException {
        return Files.readAllBytes(folder.resolve("images").resolve(name));
    }

    private static String withoutFolders(String rows) {
        return rows.replaceAll("[^,/\n]+/(?=image)", "");
    }

    private static String fileName(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static int label(String name) {
        return LABELS.indexOf(name.substring(0, name.indexOf('/')));
    }
}
