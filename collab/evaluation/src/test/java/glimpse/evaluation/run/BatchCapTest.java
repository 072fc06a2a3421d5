package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.channel.Channel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Workers;
import glimpse.evaluation.data.RandomImages;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.rows.Fingerprint;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that is too large for memory, or for an array, is split. */
class BatchCapTest {
    private static final int CAP = 1024;
    private static final int MORE = 3;
    private static final EvaluationPlan TWO_UPLOADS = EvaluationPlan.of(
            List.of(
                    new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse("top:1")),
                    new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse("top:2"))),
            List.of(PayloadCodec.raw()),
            List.of(),
            false);

    @TempDir
    Path folder;

    @Test
    void theLargestBatchIsSplitForTheEdgeAndForTheServer() throws Exception {
        List<Integer> sent = new ArrayList<>();
        List<Integer> sentAtFirstRow = new ArrayList<>();
        try (Workers workers = Workers.of(2)) {
            ServerNode server = new ServerNode(TinyModel.load(folder, TinyModel.RGB, 2, workers));
            Channel channel = new InProcessChannel(requests -> {
                sent.add(requests.size());
                return server.handle(requests);
            });
            Classifier edge = TinyModel.load(folder, TinyModel.RGB, 1, workers);
            EvaluationListener listener = new EvaluationListener() {
                @Override
                public void started(int done, int total) {}

                @Override
                public void imageFinished(ImageResult row) {
                    if (row.index() == 0) {
                        sentAtFirstRow.addAll(sent);
                    }
                }
            };
            try (RunFolder run =
                    RunFolder.open(folder.resolve("run"), new Fingerprint(new TreeMap<>(Map.of("test", "1"))), false)) {
                assertThat(new Evaluation(edge, channel, TWO_UPLOADS, Integer.MAX_VALUE)
                                .run(new RandomImages(CAP + MORE, 16), run, listener))
                        .hasSize(CAP + MORE);
            }
        }
        assertThat(sent).containsExactly(CAP, CAP, 2 * MORE);
        assertThat(sentAtFirstRow).containsExactly(CAP, CAP);
    }
}
