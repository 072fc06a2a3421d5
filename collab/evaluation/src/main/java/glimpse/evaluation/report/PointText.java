package glimpse.evaluation.report;

import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;

/** Operating points in words. */
final class PointText {
    private static final String RAW = "raw";

    private PointText() {}

    /** Returns what is drawn alike: the score, the kind of selection and the codec. */
    static String method(OperatingPoint point) {
        Upload upload = point.upload();
        return switch (upload) {
            case Upload.WholeFile file -> "whole image, " + kind(file.codec());
            case Upload.Patches patches -> patches.score() + " / " + kind(patches.selection()) + suffix(patches);
        };
    }

    /** Returns the point's full name. */
    static String name(OperatingPoint point) {
        Upload upload = point.upload();
        return switch (upload) {
            case Upload.WholeFile file -> "every image whole, " + file.codec();
            case Upload.Patches patches ->
                patches.score() + " / " + patches.selection() + suffix(patches) + ", "
                        + point.gate().spec();
        };
    }

    private static String kind(String spec) {
        return spec.split(":", 2)[0];
    }

    private static String suffix(Upload.Patches patches) {
        return patches.codec().equals(RAW) ? "" : ", " + patches.codec();
    }
}
