package glimpse.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pair of tiny models and labelled images, which commands run on.
 *
 * @param edge the light model's file
 * @param server the heavy model's file
 * @param images a folder with one folder per class
 */
record PairFixture(Path edge, Path server, Path images) {
    static final List<String> LABELS = List.of("ant", "bee", "cow");

    /** Writes the models and some images into a folder. */
    static PairFixture write(Path folder, int images) throws IOException {
        return new PairFixture(
                TinyModel.write(folder.resolve("edge"), TinyModel.RGB, 1, LABELS),
                TinyModel.write(folder.resolve("server"), TinyModel.RGB, 2, LABELS),
                TestImages.folder(folder.resolve("images"), LABELS, images));
    }

    /** Returns other models with the same images. */
    PairFixture withModels(Path otherEdge, Path otherServer) {
        return new PairFixture(otherEdge, otherServer, images);
    }

    /** Returns the same models with other images. */
    PairFixture withImages(Path others) {
        return new PairFixture(edge, server, others);
    }

    /** Runs a command on the pair and the images. */
    CommandRun run(String command, Object... options) {
        List<Object> arguments =
                new ArrayList<>(List.of(command, "--edge", edge, "--server", server, "--images", images));
        arguments.addAll(Arrays.asList(options));
        return CommandRun.of(arguments.toArray());
    }

    /** Runs a command whose results go to a file or folder, unless the options name another. */
    CommandRun runTo(Path out, String command, Object... options) {
        List<Object> all = new ArrayList<>(Arrays.asList(options));
        if (!all.contains("--out")) {
            all.addAll(List.of("--out", out));
        }
        return run(command, all.toArray());
    }

    /** Reads a file of results. */
    static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
