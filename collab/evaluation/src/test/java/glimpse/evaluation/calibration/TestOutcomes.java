package glimpse.evaluation.calibration;

import glimpse.collab.gate.Confidence;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult.Evaluated;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Outcomes for tests: images of class 0, of which the edge is right on the first half, the surest one first. */
final class TestOutcomes {
    private static final int BYTES_PER_PATCH = 10;

    private TestOutcomes() {}

    /** Says what the server answers to an upload, of one in rounds as far as one of them. */
    interface Server {
        ServerResult answer(int image, Upload upload);
    }

    static Outcomes of(int images, List<Upload> uploads, Server server) {
        EvaluationPlan plan = new EvaluationPlan(uploads, false);
        List<Evaluated> rows = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            int image = i;
            rows.add(new Evaluated(
                    i,
                    "image" + i,
                    0,
                    OptionalLong.empty(),
                    List.of(i < images / 2 ? 0 : 2),
                    new Confidence(2.0 * i / images, 0, 0),
                    plan.allUploads().stream()
                            .map(upload -> server.answer(image, upload))
                            .toList()));
        }
        return new Outcomes(rows, plan);
    }

    /**
     * An answer.
     *
     * @param kept number of patches that the server has
     * @param added number of those that came last
     */
    static ServerResult answer(boolean right, double minEntropyBits, int kept, int added) {
        double margin = Math.max(0, 2 * Math.pow(2, -minEntropyBits) - 1);
        return new ServerResult(
                kept, 0, 0, added * BYTES_PER_PATCH, 33, List.of(right ? 0 : 1), minEntropyBits, margin);
    }
}
