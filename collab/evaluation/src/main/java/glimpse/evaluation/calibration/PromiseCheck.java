package glimpse.evaluation.calibration;

import glimpse.collab.audit.Audit;
import glimpse.collab.audit.DriftAlarm;
import glimpse.collab.gate.OffloadGate;
import java.util.List;
import java.util.Optional;

/**
 * What became of a promise on other images. Immutable.
 *
 * @param counts what the gate did to them
 * @param alarm when and why the drift alarm was raised, if it was
 */
public record PromiseCheck(GateCounts counts, Optional<Raised> alarm) {
    /**
     * An alarm.
     *
     * @param images number of images until it was raised
     * @param reason why, as one line
     */
    public record Raised(int images, String reason) {}

    /**
     * Lets an edge with this gate and these audits work through the images in their order.
     *
     * @param images at least one
     */
    public static PromiseCheck of(OffloadGate gate, DriftAlarm alarm, Audit audit, List<GatedImage> images) {
        Optional<Raised> raised = Optional.empty();
        int confidentBefore = 0;
        for (int i = 0; i < images.size() && raised.isEmpty(); i++) {
            GatedImage image = images.get(i);
            boolean confident = gate.confident(image.confidence());
            boolean audited = confident && audit.picks(image.name(), confidentBefore++);
            int seen = i + 1;
            raised = alarm.add(confident, audited ? Optional.of(!image.agree()) : Optional.empty())
                    .map(reason -> new Raised(seen, reason));
        }
        return new PromiseCheck(GateCounts.of(gate, images), raised);
    }
}
