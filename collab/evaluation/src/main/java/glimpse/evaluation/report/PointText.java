package glimpse.evaluation.report;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.Rounds;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;

/** Names of operating points for people. */
final class PointText {
    private PointText() {}

    /**
     * Returns the point's method: the score, the kind of selection and the codec. Points of one method are drawn alike.
     */
    static String method(OperatingPoint point) {
        return method(point.upload());
    }

    private static String method(Upload upload) {
        return switch (upload) {
            case Upload.WholeFile file -> "whole image, " + kind(file.codec());
            case Upload.Patches patches ->
                patches.score() + " / " + kind(patches.policy().selection()) + suffix(patches);
            case Upload.Erased erased ->
                method(erased.sent()) + ", " + erased.erasure().spec();
        };
    }

    /** Returns the point's full name. */
    static String name(OperatingPoint point) {
        Upload upload = point.upload();
        return switch (upload) {
            case Upload.WholeFile file
            when point.gate() instanceof OffloadGate.Always && point.until().isEmpty() ->
                "all images whole, " + file.codec();
            case Upload.WholeFile file -> "whole images, " + file.codec() + ", " + point.when();
            case Upload.Patches patches ->
                patches.score() + " / " + patches.selection() + suffix(patches) + ", " + point.when();
            case Upload.Erased erased -> method(erased) + ", " + point.when();
        };
    }

    private static String kind(String spec) {
        return spec.split(":", 2)[0];
    }

    private static String kind(PatchSelection selection) {
        String name = kind(selection.spec());
        if (selection instanceof Rounds && selection.isRandom()) {
            return "random " + name;
        }
        return selection.needsTokens() && !selection.isRandom() ? name + ", complementing" : name;
    }

    private static String suffix(Upload.Patches patches) {
        return patches.payloadCodec() instanceof PayloadCodec.Raw ? "" : ", " + patches.codec();
    }
}
