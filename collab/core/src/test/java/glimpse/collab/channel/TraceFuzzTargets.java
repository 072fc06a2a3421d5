package glimpse.collab.channel;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.List;
import java.util.Optional;

/** The reader of the header that names a trace: refuses nothing, ignores what is invalid. */
public final class TraceFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public TraceFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("traceparent", TraceFuzzTargets::read));
    }

    private static void read(byte[] input) {
        Optional<TraceParent> step = TraceParent.parse(Texts.of(input));
        step.ifPresent(it -> Texts.requireEqual(step, TraceParent.parse(it.toString())));
    }
}
