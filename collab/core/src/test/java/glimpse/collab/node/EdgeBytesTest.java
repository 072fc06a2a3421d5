package glimpse.collab.node;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TestImages;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An edge whose requests have a budget of bytes. */
class EdgeBytesTest {
    @TempDir
    Path folder;

    private final List<byte[]> requests = new ArrayList<>();
    private Workers workers;
    private Classifier model;
    private ServerNode server;

    @BeforeEach
    void start() throws IOException {
        workers = Workers.of(1);
        model = TinyModel.load(folder, TinyModel.RGB, 1, workers);
        server = new ServerNode(TinyModel.load(folder, TinyModel.RGB, 2, workers));
    }

    @AfterEach
    void stop() {
        workers.close();
    }

    private EdgeNode edge(String selection, String codec) {
        SelectionPolicy policy = new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection));
        return new EdgeNode(
                model,
                new EdgeStep(OffloadGate.always(), policy, PayloadCodec.parse(codec)),
                new InProcessChannel(all -> {
                    requests.addAll(all);
                    return server.handle(all);
                }));
    }

    @ParameterizedTest
    @CsvSource({
        "raw, bytes:400",
        "raw, bytes:400+diverse:0.6",
        "deflate, bytes:300",
        "glimpse:60, bytes:100",
        "glimpse:60, bytes:100+diverse:0.6"
    })
    void aRequestHoldsAsManyPatchesInTheirOrderAsTheBudgetAllows(String codec, String selection) throws IOException {
        String all = selection.replaceFirst("bytes:\\d+", "top:16");
        for (int seed = 0; seed < 6; seed++) {
            RgbImage image = TestImages.random(seed, 30, 22);
            PixelPatches patches = model.patches(image);
            requests.clear();
            Offloaded result = (Offloaded) edge(selection, codec).classify(image, "a");
            int[] order = ((Offloaded) edge(all, codec).classify(image, "a"))
                    .selected()
                    .order();
            int count = result.selected().count();
            int budget = Integer.parseInt(selection.replaceAll("bytes:(\\d+).*", "$1"));
            assertThat(count).isBetween(1, 15);
            assertThat(result.selected().order()).isEqualTo(Arrays.copyOf(order, count));
            assertThat(requests.getFirst()).hasSizeLessThanOrEqualTo(budget);
            assertThat(result.upBytes()).isEqualTo(requests.getFirst().length);
            int[] more = Arrays.copyOf(order, count + 1);
            Arrays.sort(more);
            assertThat(PatchRequest.of(0, 4, patches.select(more), PayloadCodec.parse(codec))
                            .encode())
                    .hasSizeGreaterThan(budget);
        }
    }

    @Test
    void aBudgetThatHoldsNoPatchSendsNone() throws IOException {
        Offloaded result = (Offloaded) edge("bytes:20", "raw").classify(TestImages.random(1, 30, 22), "a");
        assertThat(result.selected().count()).isZero();
        assertThat(requests.getFirst()).hasSize(15);
    }
}
