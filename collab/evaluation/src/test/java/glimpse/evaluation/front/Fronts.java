package glimpse.evaluation.front;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.Confidence;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

/** Made-up runs of servers that are the better the more they are sent, and of an edge that knows when it is unsure. */
public final class Fronts {
    static final int PATCHES = 16;
    static final int PATCH_BYTES = 50;
    static final int FILE_BYTES = 500;
    static final Questions QUESTIONS = new Questions(List.of(0.05, 0.2), List.of(60, 300), List.of(0.7, 0.9));

    private Fronts() {}

    static Upload patches(String selection) {
        return new Upload.Patches(
                new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(selection)), PayloadCodec.raw());
    }

    static EvaluationPlan plan() {
        return new EvaluationPlan(
                List.of(
                        patches("top:4"),
                        patches("top:8"),
                        patches("top:4+diverse:0.6"),
                        patches("top:8+diverse:0.6"),
                        new Upload.WholeFile(FileFormat.parse("jpeg:50"))),
                true);
    }

    /** Makes a run; a better server errs less. */
    static ServerRun of(String server, double better, int chosenOn, int measuredOn) {
        return new ServerRun(server, plan(), rows(1, better, chosenOn), rows(2, better, measuredOn));
    }

    /** Makes rows of images that are equal for all servers, which find the same images hard. */
    static List<ImageResult> rows(long seed, double better, int count) {
        List<ImageResult> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Random random = new Random(1000 * seed + i);
            double doubt = random.nextDouble();
            double hard = random.nextDouble();
            int edge = random.nextDouble() < doubt ? 1 : 0;
            List<ServerResult> results = new ArrayList<>();
            for (Upload upload : plan().allUploads()) {
                int kept = kept(upload);
                double quality = 0.6 + 0.35 * kept / PATCHES + (upload.spec().contains("diverse") ? 0.05 : 0) + better;
                int bytes = upload instanceof Upload.WholeFile ? FILE_BYTES : kept * PATCH_BYTES;
                results.add(new ServerResult(kept, 0.1f, 0.5f, bytes, 25, List.of(hard < quality ? 0 : 2), 0.1));
            }
            rows.add(new ImageResult.Evaluated(
                    i,
                    "image" + seed + "-" + i,
                    0,
                    OptionalLong.empty(),
                    List.of(edge),
                    new Confidence(4 * doubt, 4 * doubt, 1 - doubt),
                    results));
        }
        return rows;
    }

    private static int kept(Upload upload) {
        String selection = upload.selection();
        return selection.contains("4") ? 4 : selection.contains("8") ? 8 : PATCHES;
    }

    /** Returns the front of two servers. */
    public static Front two() {
        return new FrontStudy(
                        List.of(of("stock", 0, 300, 400), of("glimpses", 0.04, 300, 400)),
                        List.of(),
                        QUESTIONS,
                        PATCHES)
                .front("test, 400 images", "held-out, 300 images");
    }
}
