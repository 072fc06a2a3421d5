package glimpse.collab.codec.mosaic;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.EdgeResult;
import glimpse.collab.node.EdgeRunner;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.engine.image.PixelPatches;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The patches that an edge would send of a folder's photographs. */
final class SelectedPhotographs {
    private SelectedPhotographs() {}

    /**
     * Selects patches.
     *
     * @param every takes every so many photographs, in the order of their paths
     * @return {@code [photographs][selections]}
     */
    static List<List<PixelPatches>> of(Classifier edge, List<String> selections, Path images, int every)
            throws IOException {
        List<SelectionPolicy> policies = selections.stream()
                .map(spec -> new SelectionPolicy(AttentionScore.mean(), PatchSelection.parse(spec)))
                .toList();
        EdgeRunner runner = EdgeRunner.of(edge, policies);
        List<Path> files;
        try (Stream<Path> found = Files.walk(images)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        List<List<PixelPatches>> selected = new ArrayList<>();
        for (int i = 0; i < files.size(); i += every) {
            String file = files.get(i).toString();
            PixelPatches image = edge.patches(RgbImage.read(files.get(i)));
            EdgeResult result = runner.classify(List.of(image)).getFirst();
            selected.add(policies.stream()
                    .map(policy -> image.select(policy.selection()
                            .select(result.scored(policy.score()), file)
                            .positions()))
                    .toList());
        }
        return selected;
    }
}
