package glimpse.cli.edge;

import glimpse.collab.channel.Traffic;
import glimpse.collab.node.CollaborativeResult;
import glimpse.collab.node.CollaborativeResult.Audited;
import glimpse.collab.node.CollaborativeResult.Confident;
import glimpse.collab.node.CollaborativeResult.Fallback;
import glimpse.collab.node.CollaborativeResult.Offloaded;
import glimpse.collab.node.StageTimes;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.ClassProbability;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.io.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes an answer as one line of JSON. */
final class AnswerLine {
    static final String IMAGE = "image";
    static final String FILE_BYTES = "file_bytes";
    static final String MODIFIED_MILLIS = "modified_millis";

    private static final double NANOS_PER_MICRO = 1e3;

    private AnswerLine() {}

    /** Returns the line for an image that has no answer. */
    static String ofError(ImageVersion version, String error) {
        Map<String, Object> values = begin(version);
        values.put("error", error);
        return Json.line(values);
    }

    /**
     * Returns the line for an image.
     *
     * @param patches all of the image
     * @param drift whether the drift alarm has been raised, if there is one
     * @param traceId of the trace that requests for this image belonged to
     * @param crossed the messages and bytes of this image, repeated attempts included
     * @param decode the time it took to read the file
     */
    static String of(
            ImageVersion version,
            CollaborativeResult result,
            ClassIndex classes,
            int patches,
            Optional<Boolean> drift,
            String traceId,
            Traffic crossed,
            Duration decode) {
        Map<String, Object> values = begin(version);
        ClassProbability top = result.top().getFirst();
        values.put("class", top.index());
        classes.wnid(top.index()).ifPresent(wnid -> values.put("wnid", wnid));
        values.put("name", classes.name(top.index()));
        values.put("probability", top.probability());
        switch (result) {
            case Confident confident -> values.put("source", "edge");
            case Audited audited -> {
                values.put("source", "edge");
                values.put(
                        "audit",
                        audited.disagrees()
                                .map(disagrees -> disagrees ? "disagrees" : "agrees")
                                .orElse("unanswered"));
            }
            case Offloaded offloaded -> {
                values.put("source", "server");
                putPatches(values, patches, offloaded.selected());
                values.put("exchanges", offloaded.exchanges());
                offloaded.cutShort().ifPresent(failed -> {
                    values.put("cut_short", failed.reason().name().toLowerCase(Locale.ROOT));
                    values.put("detail", failed.detail());
                });
            }
            case Fallback fallback -> {
                values.put("source", "fallback");
                values.put("reason", fallback.reason().name().toLowerCase(Locale.ROOT));
                values.put("detail", fallback.detail());
                putPatches(values, patches, fallback.selected());
            }
        }
        drift.ifPresent(raised -> values.put("drift", raised));
        values.put("up_bytes", crossed.upBytes());
        values.put("down_bytes", crossed.downBytes());
        values.put("trace_id", traceId);
        values.put("millis", millis(decode, result.times()));
        return Json.line(values);
    }

    private static Map<String, Object> begin(ImageVersion version) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(IMAGE, version.image());
        values.put(FILE_BYTES, version.bytes());
        values.put(MODIFIED_MILLIS, version.modifiedMillis());
        return values;
    }

    private static void putPatches(Map<String, Object> values, int patches, SelectedPatches selected) {
        values.put("patches", patches);
        values.put("kept_patches", selected.positions().length);
    }

    private static Map<String, Double> millis(Duration decode, StageTimes times) {
        Map<String, Double> millis = new LinkedHashMap<>();
        millis.put("decode", millis(decode));
        millis.put("edge", millis(times.edge()));
        millis.put("encode", millis(times.encode()));
        millis.put("exchange", millis(times.exchange()));
        return millis;
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / NANOS_PER_MICRO) / 1e3;
    }
}
