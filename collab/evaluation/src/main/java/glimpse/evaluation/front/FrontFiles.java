package glimpse.evaluation.front;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.io.JsonObject;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.rows.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes and reads the front as front.json, and writes its answers as front.csv. */
public final class FrontFiles {
    /** The file that a report reads. */
    public static final String JSON_NAME = "front.json";

    private static final String CSV_NAME = "front.csv";
    private static final double MOST_BYTES = 1e12; // per image
    private static final String WITHIN = "within";
    private static final String REACHING = "reaching";
    private static final String INTERPOLATED = "interpolated";
    private static final String PATCHES = "patches_share";
    private static final String MISSED = "_missed";

    private FrontFiles() {}

    /** Writes both files into a run's folder. */
    public static void write(Front front, RunFolder folder) throws IOException {
        AtomicFile.write(folder.file(CSV_NAME), csv(front));
        AtomicFile.write(folder.file(JSON_NAME), json(front));
    }

    static String csv(Front front) {
        return Csv.table(front.rows().stream().map(FrontFiles::values).toList());
    }

    /** Returns the front as JSON; a value is null where there is no number. */
    public static String json(Front front) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("images", front.images());
        values.put("measured_on", front.measuredOn());
        values.put("chosen_on", front.chosenOn());
        values.put("edge_top1", front.edgeTop1());
        List<Map<String, @Nullable Object>> servers = new ArrayList<>();
        for (Front.Server server : front.servers()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", server.name());
            one.put("whole_top1", Json.number(server.wholeTop1()));
            servers.add(one);
        }
        values.put("servers", servers);
        values.put("rows", front.rows().stream().map(FrontFiles::values).toList());
        return Json.write(values) + "\n";
    }

    private static Map<String, @Nullable Object> values(FrontRow row) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("question", row.question() instanceof Question.Within ? WITHIN : REACHING);
        values.put("measure", row.question().measure().spec());
        values.put("value", row.question().value());
        values.put("family", row.method().family().spec());
        values.put("kind", row.method().kind());
        values.put("server", row.method().server());
        values.put("gated", row.method().gated());
        values.putAll(row.point().fields());
        values.putIfAbsent(OperatingPoint.UNTIL, "");
        put(values, "there_", row.there());
        put(values, "", row.here());
        put(values, "top1", row.interval());
        put(values, "from_paper", row.fromPaper());
        put(values, "from_whole", row.fromWhole());
        put(values, row.reached());
        return values;
    }

    private static void put(Map<String, @Nullable Object> values, Optional<Reached> reached) {
        Optional<Reached.Ratio> patches = reached.flatMap(Reached::patches);
        values.put(INTERPOLATED, reached.map(Reached::amount).orElse(null));
        putFinite(values, INTERPOLATED, reached.map(Reached::interval));
        values.put(INTERPOLATED + MISSED, reached.map(Reached::missed).orElse(null));
        values.put(PATCHES, patches.map(Reached.Ratio::value).orElse(null));
        putFinite(values, PATCHES, patches.map(Reached.Ratio::interval));
        values.put(PATCHES + MISSED, patches.map(Reached.Ratio::missed).orElse(null));
    }

    /** An end that is infinite, since an accuracy is out of reach there, is left out. */
    private static void putFinite(Map<String, @Nullable Object> values, String name, Optional<Interval> interval) {
        values.put(
                name + "_low",
                interval.map(Interval::low).filter(Double::isFinite).orElse(null));
        values.put(
                name + "_high",
                interval.map(Interval::high).filter(Double::isFinite).orElse(null));
    }

    private static void put(Map<String, @Nullable Object> values, String prefix, Figures figures) {
        values.put(prefix + "top1", figures.top1());
        values.put(prefix + "cost", figures.cost());
        values.put(prefix + "bytes", figures.bytes());
    }

    private static void put(Map<String, @Nullable Object> values, String name, Interval interval) {
        values.put(name + "_low", interval.low());
        values.put(name + "_high", interval.high());
    }

    private static void put(Map<String, @Nullable Object> values, String name, Optional<Difference> difference) {
        values.put(name, difference.map(Difference::top1).orElse(null));
        values.put(name + "_low", difference.map(one -> one.interval().low()).orElse(null));
        values.put(name + "_high", difference.map(one -> one.interval().high()).orElse(null));
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException naming the file and what is wrong with its content
     * @throws IOException if it can't be read
     */
    public static Front read(Path file) throws IOException {
        JsonNode values = Json.read(file);
        JsonObject front = new JsonObject(values, file.toString());
        List<Front.Server> servers = new ArrayList<>();
        for (JsonObject server : objects(values, "servers", file)) {
            servers.add(new Front.Server(server.text("name"), server.shareOrNaN("whole_top1")));
        }
        List<String> names = servers.stream().map(Front.Server::name).toList();
        List<FrontRow> rows = new ArrayList<>();
        for (JsonObject row : objects(values, "rows", file)) {
            rows.add(row(row));
            if (!names.contains(rows.getLast().method().server())) {
                throw new IllegalArgumentException(
                        row.where() + ": server is '" + row.text("server") + "', expected one of " + names);
            }
        }
        return new Front(
                front.count("images"),
                front.text("measured_on"),
                front.text("chosen_on"),
                front.share("edge_top1"),
                servers,
                rows);
    }

    private static List<JsonObject> objects(JsonNode values, String name, Path file) {
        JsonNode array = values.path(name);
        if (!array.isArray() || array.isEmpty()) {
            throw new IllegalArgumentException(file + ": " + name + ": expected an array, not empty");
        }
        List<JsonObject> objects = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            objects.add(new JsonObject(array.path(i), file + ": " + name + ": " + (i + 1)));
        }
        return objects;
    }

    private static FrontRow row(JsonObject row) {
        return new FrontRow(
                question(row),
                new Method(
                        one(Family.values(), Family::spec, row, "family"),
                        row.text("kind"),
                        row.text("server"),
                        row.flag("gated")),
                row.point(),
                figures(row, "there_"),
                figures(row, ""),
                new Interval(row.share("top1_low"), row.share("top1_high")),
                difference(row, "from_paper"),
                difference(row, "from_whole"),
                reached(row));
    }

    private static Optional<Reached> reached(JsonObject row) {
        double amount = row.numberOrNaN(INTERPOLATED);
        if (Double.isNaN(amount)) {
            return Optional.empty();
        }
        double share = row.numberOrNaN(PATCHES);
        return Optional.of(new Reached(
                bytes(row, INTERPOLATED),
                finite(row, INTERPOLATED),
                row.share(INTERPOLATED + MISSED),
                Double.isNaN(share)
                        ? Optional.empty()
                        : Optional.of(new Reached.Ratio(
                                bytes(row, PATCHES), finite(row, PATCHES), row.share(PATCHES + MISSED)))));
    }

    private static Interval finite(JsonObject row, String name) {
        return new Interval(orInfinite(row, name + "_low"), orInfinite(row, name + "_high"));
    }

    private static double orInfinite(JsonObject row, String name) {
        return Double.isNaN(row.numberOrNaN(name)) ? Double.POSITIVE_INFINITY : bytes(row, name);
    }

    private static Question question(JsonObject row) {
        Measure measure = one(Measure.values(), Measure::spec, row, "measure");
        String question = row.text("question");
        return switch (question) {
            case WITHIN -> new Question.Within(measure, bytes(row, "value"));
            case REACHING -> new Question.Reaching(measure, row.share("value"));
            default ->
                throw new IllegalArgumentException(
                        row.where() + ": question is '" + question + "', expected " + WITHIN + " or " + REACHING);
        };
    }

    private static <T> T one(T[] all, Function<T, String> spec, JsonObject row, String name) {
        String text = row.text(name);
        return Arrays.stream(all)
                .filter(value -> spec.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(row.where() + ": " + name + " is '" + text
                        + "', expected one of " + Arrays.stream(all).map(spec).toList()));
    }

    private static Figures figures(JsonObject row, String prefix) {
        return new Figures(row.share(prefix + "top1"), row.share(prefix + "cost"), bytes(row, prefix + "bytes"));
    }

    private static double bytes(JsonObject row, String name) {
        double bytes = row.number(name);
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    row.where() + ": " + name + " is " + bytes + ", expected at most " + MOST_BYTES);
        }
        return bytes;
    }

    private static Optional<Difference> difference(JsonObject row, String name) {
        double[] ends = new double[3];
        String[] names = {name, name + "_low", name + "_high"};
        for (int i = 0; i < names.length; i++) {
            JsonNode value = row.values().path(names[i]);
            if (value.isNull() || value.isMissingNode()) {
                return Optional.empty();
            }
            ends[i] = value.doubleValue();
            if (!value.isNumber() || !(Math.abs(ends[i]) <= 1)) {
                throw new IllegalArgumentException(
                        row.where() + ": " + names[i] + " is " + value + ", expected a number from -1 to 1");
            }
        }
        return Optional.of(new Difference(ends[0], new Interval(ends[1], ends[2])));
    }
}
