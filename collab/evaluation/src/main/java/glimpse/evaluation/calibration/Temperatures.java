package glimpse.evaluation.calibration;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.UploadRound;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.RejectedRequestException;
import glimpse.collab.node.RequestReader;
import glimpse.collab.select.SelectedPatches;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.Capture;
import glimpse.engine.NonFiniteOutputException;
import glimpse.engine.Output;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import glimpse.engine.image.PixelPatches;
import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.plan.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Fits the temperatures of an edge and a server on images. Those that fail are passed over. */
public final class Temperatures {
    private static final int BATCH = 16;

    private Temperatures() {}

    /** Returns the temperature of a model that sees whole images. */
    public static double ofWhole(Classifier model, Dataset images) {
        try (Fit fit = new Fit(model)) {
            for (int i = 0; i < images.size(); i++) {
                try {
                    PixelPatches patches = model.patches(images.read(i));
                    fit.add(model.preprocessing().normalise(patches), images.label(i));
                } catch (IOException | IllegalArgumentException _) {
                    // the evaluation says why
                }
            }
            return fit.temperature();
        }
    }

    /**
     * Returns the temperature of a server that sees what an upload sends it of the images: of one in rounds, what it
     * sees after each round, since its answer to each is what a rule goes by.
     */
    public static double ofServer(Classifier edge, Classifier server, Upload upload, Dataset images) {
        if (!(upload instanceof Upload.Patches(SelectionPolicy policy, PayloadCodec codec))) {
            return ofWhole(server, images);
        }
        EdgeStep step = new EdgeStep(OffloadGate.always(), policy, codec);
        EdgeRunner runner = EdgeRunner.of(edge, Set.of(policy));
        RequestReader reader = new RequestReader(server);
        int grid = edge.transformer().config().grid();
        try (Fit fit = new Fit(server)) {
            for (int i = 0; i < images.size(); i++) {
                try {
                    PixelPatches patches = edge.patches(images.read(i));
                    EdgeResult result = runner.classify(List.of(patches)).getFirst();
                    List<SelectedPatches> rounds = step.selectRounds(result, grid, patches, images.name(i));
                    for (byte[] request : requests(i, step, grid, patches, rounds)) {
                        fit.add(reader.read(request).input().sequence(), images.label(i));
                    }
                } catch (IOException
                        | IllegalArgumentException
                        | NonFiniteOutputException
                        | RejectedRequestException _) {
                    // the evaluation says why
                }
            }
            return fit.temperature();
        }
    }

    /** Returns the requests that send every round; a round that adds no patch has none. */
    private static List<byte[]> requests(
            int id, EdgeStep step, int grid, PixelPatches image, List<SelectedPatches> rounds) {
        SelectedPatches sent = rounds.getFirst();
        if (rounds.size() == 1) {
            return List.of(step.encode(id, grid, image, sent));
        }
        List<byte[]> requests = new ArrayList<>();
        requests.add(step.encode(id, new UploadRound(id, 0, true), grid, image, sent.positions()));
        for (SelectedPatches wanted : rounds) {
            if (wanted.count() > sent.count()) {
                UploadRound round = new UploadRound(id, sent.count(), true);
                requests.add(step.encode(id, round, grid, image, wanted.positionsBeyond(sent)));
                sent = wanted;
            }
        }
        return requests;
    }

    /** Runs a model on batches. */
    private static final class Fit implements AutoCloseable {
        private final TemperatureFit fit = new TemperatureFit();
        private final Session session;
        private final List<PatchSequence> batch = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();

        Fit(Classifier model) {
            session = model.transformer().newSession();
        }

        void add(PatchSequence image, int label) {
            batch.add(image);
            labels.add(label);
            if (batch.size() == BATCH) {
                run();
            }
        }

        double temperature() {
            run();
            return fit.temperature();
        }

        @Override
        public void close() {
            session.close();
        }

        private void run() {
            if (batch.isEmpty()) {
                return;
            }
            Output output = session.forward(batch, Capture.none());
            for (int i = 0; i < batch.size(); i++) {
                float[] logits = output.logits(i);
                boolean finite = true;
                for (float logit : logits) {
                    finite &= Float.isFinite(logit);
                }
                if (finite) {
                    fit.add(logits, labels.get(i));
                }
            }
            batch.clear();
            labels.clear();
        }
    }
}
