package glimpse.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.collab.fixture.TinyModel;
import glimpse.collab.gate.Confidence;
import glimpse.engine.VitConfig;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.rows.ImageResult;
import glimpse.evaluation.rows.ServerResult;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final VitConfig EDGE = TinyModel.RGB; // 16 patches
    private static final VitConfig SERVER = TinyModel.RGB_DEEP;

    @Test
    void selectionsByOneScoreThatKeepAsManyShareAPass() {
        Workload workload = workload("mean/sum:0.9/raw", "mean/top:5/raw", "rollout/top:5/raw", "mean/top:5/jpeg:50");
        assertThat(workload.passes(List.of(5, 5, 5, 5))).containsExactlyInAnyOrder(5, 5, 5);
        assertThat(workload.passes(List.of(4, 5, 5, 5))).containsExactlyInAnyOrder(4, 5, 5, 5);
    }

    @Test
    void randomPatchesShareNoPassUnlessTheyAreAll() {
        Workload workload = workload("mean/top:5/raw", "mean/random:5/raw", "mean/random:5:1/raw", "mean/all/raw");
        assertThat(workload.passes(List.of(5, 5, 5, 16))).containsExactlyInAnyOrder(5, 5, 5, 16);
        assertThat(workload.passes(List.of(16, 16, 16, 16))).containsExactly(16);
    }

    @Test
    void aLosslessFileIsTheWholeImageAndALossyOneIsNot() {
        assertThat(workload("mean/all/raw", "file/png", "file/jpeg:80").passes(List.of(16, 16, 16)))
                .containsExactly(16, 16);
    }

    @Test
    void anImageTakesTheEdgesPassAndTheServers() {
        Workload workload = workload("mean/top:5/raw", "mean/all/raw");
        ImageResult.Evaluated row = new ImageResult.Evaluated(
                0, "a", 0, OptionalLong.empty(), List.of(0), new Confidence(1, 1, 1), List.of(result(5), result(16)));
        long edge = EDGE.multiplyAdds(16);
        assertThat(workload.multiplyAdds(row)).isEqualTo(edge + SERVER.multiplyAdds(5) + SERVER.multiplyAdds(16));
        assertThat(workload.multiplyAdds(new ImageResult.Failed(1, "b", 0, "bad")))
                .isEqualTo(edge);
    }

    @Test
    void anImageThatTheServerIsNotAskedAboutTakesTheEdgesPassAlone() {
        ImageResult.Evaluated row = new ImageResult.Evaluated(
                0, "a", 0, OptionalLong.empty(), List.of(0), new Confidence(1, 1, 1), List.of());
        assertThat(workload("mean/top:5/raw", "mean/all/raw").multiplyAdds(row)).isEqualTo(EDGE.multiplyAdds(16));
    }

    @Test
    void severalServersShareTheEdgesPass() {
        List<Upload> uploads = List.of(Upload.parse("mean/top:5/raw"));
        ImageResult.Evaluated row = new ImageResult.Evaluated(
                0, "a", 0, OptionalLong.empty(), List.of(0), new Confidence(1, 1, 1), List.of(result(5)));
        assertThat(new Workload(EDGE, List.of(SERVER, EDGE), uploads).multiplyAdds(row))
                .isEqualTo(EDGE.multiplyAdds(16) + SERVER.multiplyAdds(5) + EDGE.multiplyAdds(5));
    }

    private static Workload workload(String... uploads) {
        return new Workload(
                EDGE, List.of(SERVER), Stream.of(uploads).map(Upload::parse).toList());
    }

    private static ServerResult result(int kept) {
        return new ServerResult(kept, 0.1f, 0.9f, 100, 20, List.of(0), 1);
    }
}
