package glimpse.evaluation.run;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.ComplementingByCount;
import glimpse.collab.select.ComplementingSelection;
import glimpse.collab.select.GridSelection;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.Rounds;
import glimpse.engine.VitConfig;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The work that a plan takes per image: one pass of the edge, and one of each server for each different upload.
 * Immutable.
 */
public final class Workload {
    private final VitConfig edge;
    private final List<VitConfig> servers;
    private final List<Upload> uploads;

    /**
     * Creates the workload of a plan.
     *
     * @param servers models that see images as the edge does, at least one
     * @param uploads all uploads of the plan
     */
    public Workload(VitConfig edge, List<VitConfig> servers, List<Upload> uploads) {
        this.edge = edge;
        this.servers = List.copyOf(servers);
        this.uploads = List.copyOf(uploads);
    }

    /**
     * Returns the number of patches in each of a server's passes for an image.
     *
     * @param kept number of patches that a server sees of each upload
     */
    public List<Integer> passes(List<Integer> kept) {
        Map<String, Integer> passes = new HashMap<>();
        for (int i = 0; i < uploads.size(); i++) {
            passes.put(content(uploads.get(i), kept.get(i)), kept.get(i));
        }
        return List.copyOf(passes.values());
    }

    /**
     * Returns the multiply-adds of an image's passes; of one that failed or that the server isn't asked about, the
     * edge's.
     */
    public long multiplyAdds(ImageResult row) {
        long all = edge.multiplyAdds(edge.patches());
        if (row instanceof ImageResult.Evaluated evaluated
                && !evaluated.serverResults().isEmpty()) {
            List<Integer> kept =
                    evaluated.serverResults().stream().map(ServerResult::seen).toList();
            for (int patches : passes(kept)) {
                for (VitConfig server : servers) {
                    all += server.multiplyAdds(patches);
                }
            }
        }
        return all;
    }

    /**
     * Returns what two uploads of an image share if the server sees the same of both: all selections in one order nest.
     */
    private String content(Upload upload, int kept) {
        return switch (upload) {
            case Upload.WholeFile file
            when file.format().lossless() -> "all/" + PayloadCodec.raw().spec();
            case Upload.WholeFile file -> file.spec();
            case Upload.Erased erased ->
                erased.sent().spec() + "/" + erased.erasure().packetBytes() + "/" + kept;
            case Upload.Patches patches when kept == edge.patches() -> "all/" + patches.codec();
            case Upload.Patches patches when patches.policy().selection().isRandom() -> patches.spec();
            case Upload.Patches patches ->
                patches.score() + "/" + order(patches.policy().selection()) + "/" + kept + "/" + patches.codec();
        };
    }

    private static String order(PatchSelection selection) {
        return switch (selection) {
            case Rounds rounds -> order(rounds.selections().getLast());
            case ComplementingSelection complementing -> "weight " + complementing.weight();
            case ComplementingByCount byCount -> byCount.spec();
            case GridSelection grid -> "grid";
            default -> "score";
        };
    }
}
