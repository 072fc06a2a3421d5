package glimpse.evaluation.calibration;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.List;

/** The reader of what a calibrated pair may send. */
public final class CalibrationFuzzTargets implements FuzzTargets {
    private static final int PATCHES = 196;

    /** Makes the list; called by the service loader. */
    public CalibrationFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of(
                "budget",
                Texts.restoring(text -> Budget.parse(text, PATCHES), Budget::spec),
                IllegalArgumentException.class));
    }
}
