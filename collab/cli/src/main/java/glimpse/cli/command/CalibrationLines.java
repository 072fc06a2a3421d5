package glimpse.cli.command;

import glimpse.collab.gate.OffloadGate;
import glimpse.collab.spec.SpecText;
import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.GateCounts;
import glimpse.evaluation.calibration.GatedImage;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * Says what was calibrated.
 *
 * @param patches number of patches of a whole image
 */
record CalibrationLines(Calibration calibration, int patches) {
    /** Returns the lines, the last of which is about the images of the choice and of the promise together. */
    String of(List<GatedImage> all) {
        GateCounts counts = calibration.counts();
        OffloadGate gate = calibration.point().gate();
        long right = 0;
        long kept = 0;
        long bytes = 0;
        for (GatedImage image : all) {
            boolean confident = gate.confident(image.confidence());
            right += (confident ? image.edgeRight() : image.serverRight()) ? 1 : 0;
            kept += confident ? 0 : image.kept();
            bytes += confident ? 0 : image.upBytes();
        }
        double images = all.size();
        return String.format(
                Locale.ROOT,
                """
                Operating point %s
                %sTemperatures %s (edge) and %s (server), fitted on %d images
                Promise: %s
                There, %d of %d images are confident; on %d of them the server disagrees, on %d it is right and the edge wrong (%.2f %%, bound %.2f %%)
                On all %d images: top-1 %.4f, cost %.4f, %.0f bytes up per image
                """,
                calibration.point().spec(),
                weights(),
                calibration.pair().edgeTemperature(),
                calibration.pair().serverTemperature(),
                calibration.chosenOn(),
                calibration.sentence(),
                counts.confident(),
                counts.images(),
                counts.disagreements(),
                counts.wrong(),
                100 * counts.risk(),
                100 * calibration.promise().bound(counts.wrong(), counts.images()),
                all.size(),
                right / images,
                kept / images / patches,
                bytes / images);
    }

    /** Returns a line with the weights of {@code diverse} that were fitted; nothing if there aren't several. */
    private String weights() {
        SortedMap<Integer, Float> weights = calibration.weights();
        if (weights.size() < 2) {
            return "";
        }
        boolean ofBytes = calibration.point().upload() instanceof Upload.Patches patches
                && patches.policy().selection().needsMessageLength();
        return ofBytes
                ? weights.entrySet().stream()
                        .map(one -> SpecText.plain(one.getValue()) + " for bytes:" + one.getKey())
                        .collect(Collectors.joining(", ", "Weights of diverse by bytes: ", "\n"))
                : weights.entrySet().stream() // as --select reads them
                        .map(one -> SpecText.plain(one.getValue()) + "@" + one.getKey())
                        .collect(Collectors.joining(":", "Weights by number of patches: diverse:", "\n"));
    }
}
