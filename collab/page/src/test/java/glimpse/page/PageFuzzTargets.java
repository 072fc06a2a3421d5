package glimpse.page;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.List;

/** The reader of what the page asks for. */
public final class PageFuzzTargets implements FuzzTargets {
    private static final EdgeStep DEFAULTS = new EdgeStep(
            OffloadGate.minEntropy(0.8),
            new SelectionPolicy(AttentionScore.mean(), PatchSelection.sum(0.97f)),
            PayloadCodec.raw());

    /** Makes the list; called by the service loader. */
    public PageFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("page-query", PageFuzzTargets::query, PageException.class));
    }

    private static void query(byte[] input) throws PageException {
        PageQuery query = PageQuery.parse(Texts.of(input), DEFAULTS);
        String again = "select=" + query.step().policy().selection().spec() + "&gate="
                + query.step().gate().spec() + "&codec=" + query.step().codec().spec()
                + query.step().until().map(rule -> "&until=" + rule.spec()).orElse("") + "&ask=" + query.ask();
        Texts.requireEqual(query, PageQuery.parse(again.replace("%", "%25").replace("+", "%2B"), DEFAULTS));
    }
}
