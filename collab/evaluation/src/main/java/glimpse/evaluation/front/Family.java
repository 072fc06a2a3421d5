package glimpse.evaluation.front;

import glimpse.collab.select.ComplementingByCount;
import glimpse.collab.select.ComplementingSelection;
import glimpse.collab.select.GridSelection;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.Rounds;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;

/** A kind of upload, whose settings are one method. */
public enum Family {
    /** The patches with the highest attention, sent at once: the paper's. */
    ATTENTION("attention", "patches by attention"),
    /** Patches that complement one another. */
    COMPLEMENTING("complementing", "complementing patches"),
    /** Patches in rounds, which the server's answer ends. */
    ROUNDS("rounds", "patches in rounds"),
    /** As many patches at random or in a grid. */
    UNGUIDED("unguided", "patches at random or in a grid"),
    /** Whole images as JPEG. */
    JPEG("jpeg", "whole JPEG"),
    /** Whole images as JPEG, scaled down. */
    SCALED_JPEG("scaled-jpeg", "scaled-down JPEG"),
    /** Whole images as progressive JPEG, sent scan by scan. */
    SCANS("scans", "JPEG scan by scan"),
    /** Whole images without loss. */
    PNG("png", "whole PNG"),
    /** Whole images that another encoder made files of. */
    ENCODED("encoded", "whole images");

    private final String spec;
    private final String title;

    Family(String spec, String title) {
        this.spec = spec;
        this.title = title;
    }

    /** Returns the family of an upload. */
    public static Family of(Upload upload) {
        return switch (upload) {
            case Upload.Erased erased -> of(erased.sent());
            case Upload.Patches patches -> of(patches.policy().selection());
            case Upload.WholeFile(FileFormat format) ->
                switch (format) {
                    case FileFormat.Png png -> PNG;
                    case FileFormat.Jpeg jpeg -> JPEG;
                    case FileFormat.ScaledJpeg scaled -> SCALED_JPEG;
                    case FileFormat.Scans scans -> SCANS;
                    case FileFormat.EncodedElsewhere elsewhere -> ENCODED;
                };
        };
    }

    private static Family of(PatchSelection selection) {
        if (selection.isRandom() || selection instanceof GridSelection) {
            return UNGUIDED;
        }
        return switch (selection) {
            case Rounds rounds -> ROUNDS;
            case ComplementingSelection complementing -> COMPLEMENTING;
            case ComplementingByCount complementing -> COMPLEMENTING;
            default -> ATTENTION;
        };
    }

    /** Returns its name in files. */
    public String spec() {
        return spec;
    }

    /** Returns its name for people. */
    public String title() {
        return title;
    }

    /** Returns whether whole images are sent. */
    public boolean isWhole() {
        return switch (this) {
            case ATTENTION, COMPLEMENTING, ROUNDS, UNGUIDED -> false;
            case JPEG, SCALED_JPEG, SCANS, PNG, ENCODED -> true;
        };
    }
}
