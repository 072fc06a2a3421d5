package glimpse.evaluation.front;

import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;

/**
 * A family of uploads to one server, with or without a gate: what the settings that are chosen among have in common.
 * Immutable.
 *
 * @param family the kind of upload
 * @param kind how another encoder made the files; empty if none did
 * @param server the server's name
 * @param gated whether the edge's confident predictions stand; otherwise every image is sent
 */
public record Method(Family family, String kind, String server, boolean gated) {
    /** Returns the method that an upload belongs to. */
    static Method of(Upload upload, String server, boolean gated) {
        String kind = upload instanceof Upload.WholeFile(FileFormat.EncodedElsewhere elsewhere) ? elsewhere.kind() : "";
        return new Method(Family.of(upload), kind, server, gated);
    }

    /** Returns what is sent, for people. */
    public String upload() {
        return kind.isEmpty() ? family.title() : kind;
    }

    /** Returns the method's name for people. */
    public String name() {
        return upload() + " to " + server + (gated ? "" : ", every image");
    }
}
