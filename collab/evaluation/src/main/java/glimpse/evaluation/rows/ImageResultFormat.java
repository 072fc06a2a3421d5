package glimpse.evaluation.rows;

import glimpse.collab.gate.Confidence;
import glimpse.collab.node.Classifier;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * The format of images.csv: one row per image, the edge's columns followed by eight for each upload, nine for each
 * round of one in rounds, and eleven for one whose packets may be lost; all of them are empty if the server wasn't
 * asked about the image. A model alone has the edge's columns, without the prefix that says so. Numbers have all the
 * digits needed to restore them exactly.
 */
public final class ImageResultFormat {
    private static final List<String> IMAGE_COLUMNS = List.of("index", "file", "label", "failure", "file_bytes");
    private static final List<String> MODEL_COLUMNS =
            List.of("top1", "top5", "min_entropy_bits", "shannon_bits", "margin");
    private static final int FIRST_COLUMNS = IMAGE_COLUMNS.size() + MODEL_COLUMNS.size();
    private static final List<String> SERVER_COLUMNS = List.of(
            "kept",
            "least_score",
            "score_sum",
            "up_bytes",
            "down_bytes",
            "server_top1",
            "server_top5",
            "server_min_entropy_bits");
    private static final String ROUND_COLUMN = "server_margin";
    private static final List<String> PACKET_COLUMNS = List.of("packets", "lost_packets", "received");

    private final List<Upload> uploads;
    private final ResultRanges ranges;

    ImageResultFormat(List<Upload> uploads, ResultRanges ranges) {
        this.uploads = List.copyOf(uploads);
        this.ranges = ranges;
    }

    /** Returns the format of the rows of a plan with these models. */
    public static ImageResultFormat of(EvaluationPlan plan, Classifier edge) {
        return new ImageResultFormat(plan.allUploads(), ResultRanges.of(edge));
    }

    /** Reads a header; empty unless {@link #header} writes exactly this text for some uploads. */
    static Optional<ImageResultFormat> ofHeader(String text, ResultRanges ranges) {
        List<String> columns = Csv.parse(text, 0).map(Csv.ParsedRecord::fields).orElse(List.of());
        List<Upload> uploads = new ArrayList<>();
        try {
            for (int i = FIRST_COLUMNS;
                    i < columns.size();
                    i += columns(uploads.getLast()).size()) {
                String column = columns.get(i);
                uploads.add(Upload.parse(column.substring(column.indexOf('[') + 1, column.length() - 1)));
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
        ImageResultFormat format = new ImageResultFormat(uploads, ranges);
        return Optional.of(format).filter(same -> same.header().equals(text));
    }

    List<Upload> uploads() {
        return uploads;
    }

    String header() {
        List<String> columns = new ArrayList<>(IMAGE_COLUMNS);
        MODEL_COLUMNS.forEach(column -> columns.add(uploads.isEmpty() ? column : "edge_" + column));
        for (Upload upload : uploads) {
            columns(upload).forEach(column -> columns.add(column + "[" + upload.spec() + "]"));
        }
        return Csv.line(columns);
    }

    /** Returns the line of a row, with its line feed. */
    public String line(ImageResult row) {
        List<String> fields = new ArrayList<>();
        fields.add(Integer.toString(row.index()));
        fields.add(row.name());
        fields.add(Integer.toString(row.label()));
        switch (row) {
            case ImageResult.Failed failed -> {
                fields.add(failed.reason());
                leaveRestEmpty(fields);
            }
            case ImageResult.Evaluated evaluated -> {
                fields.add("");
                fields.add(
                        evaluated.fileBytes().isPresent()
                                ? "" + evaluated.fileBytes().getAsLong()
                                : "");
                addClasses(fields, evaluated.edgeTop());
                fields.add(Double.toString(evaluated.confidence().minEntropyBits()));
                fields.add(Double.toString(evaluated.confidence().shannonBits()));
                fields.add(Double.toString(evaluated.confidence().margin()));
                if (evaluated.serverResults().isEmpty()) {
                    leaveRestEmpty(fields);
                } else {
                    addServerResults(fields, evaluated.serverResults());
                }
            }
        }
        return Csv.line(fields);
    }

    private void leaveRestEmpty(List<String> fields) {
        while (fields.size() < columns()) {
            fields.add("");
        }
    }

    private void addServerResults(List<String> fields, List<ServerResult> results) {
        for (int i = 0; i < uploads.size(); i++) {
            ServerResult result = results.get(i);
            addServerResult(fields, result);
            if (uploads.get(i).isInRounds()) {
                fields.add(Double.toString(result.margin()));
            }
            result.delivery().ifPresent(delivery -> addDelivery(fields, delivery));
        }
    }

    private static void addServerResult(List<String> fields, ServerResult result) {
        fields.add(Integer.toString(result.kept()));
        fields.add(Float.toString(result.lowestScore()));
        fields.add(Float.toString(result.sumOfScores()));
        fields.add(Integer.toString(result.upBytes()));
        fields.add(Integer.toString(result.downBytes()));
        addClasses(fields, result.top());
        fields.add(Double.toString(result.minEntropyBits()));
    }

    private static void addDelivery(List<String> fields, Delivery delivery) {
        fields.add(Integer.toString(delivery.packets()));
        fields.add(Integer.toString(delivery.lostPackets()));
        fields.add(Integer.toString(delivery.received()));
    }

    private static void addClasses(List<String> fields, List<Integer> top) {
        fields.add(top.getFirst().toString());
        fields.add(top.stream().map(Object::toString).collect(Collectors.joining(" ")));
    }

    private int columns() {
        return FIRST_COLUMNS
                + uploads.stream().mapToInt(upload -> columns(upload).size()).sum();
    }

    private static List<String> columns(Upload upload) {
        List<String> columns = new ArrayList<>(SERVER_COLUMNS);
        if (upload.isInRounds()) {
            columns.add(ROUND_COLUMN);
        }
        if (upload instanceof Upload.Erased) {
            columns.addAll(PACKET_COLUMNS);
        }
        return columns;
    }

    /** Parses rows without a header; empty unless {@link #line} writes exactly this text for them. */
    public Optional<List<ImageResult>> parseAll(String text) {
        List<ImageResult> rows = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = Csv.parse(text, at).map(Csv.ParsedRecord::end).orElse(at);
            Optional<ImageResult> row = parse(text.substring(at, end));
            if (row.isEmpty()) {
                return Optional.empty();
            }
            rows.add(row.get());
            at = end;
        }
        return Optional.of(rows);
    }

    /** Parses a row; empty unless its values are possible and {@link #line} writes exactly this text for it. */
    Optional<ImageResult> parse(String text) {
        List<String> fields = Csv.parse(text, 0).map(Csv.ParsedRecord::fields).orElse(List.of());
        if (fields.size() != columns()) {
            return Optional.empty();
        }
        try {
            ImageResult row = parse(fields);
            return ranges.contain(row) && line(row).equals(text) ? Optional.of(row) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private ImageResult parse(List<String> all) {
        boolean asked = all.stream().skip(FIRST_COLUMNS).anyMatch(field -> !field.isEmpty());
        Iterator<String> fields = all.iterator();
        int index = Integer.parseInt(fields.next());
        String name = fields.next();
        int label = Integer.parseInt(fields.next());
        String failure = fields.next();
        if (!failure.isEmpty()) {
            return new ImageResult.Failed(index, name, label, failure);
        }
        String fileBytes = fields.next();
        List<Integer> edgeTop = classes(fields);
        Confidence confidence = new Confidence(
                Double.parseDouble(fields.next()),
                Double.parseDouble(fields.next()),
                Double.parseDouble(fields.next()));
        OptionalLong bytes = fileBytes.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(fileBytes));
        List<ServerResult> serverResults = asked ? serverResults(fields) : List.of();
        return new ImageResult.Evaluated(index, name, label, bytes, edgeTop, confidence, serverResults);
    }

    private List<ServerResult> serverResults(Iterator<String> fields) {
        List<ServerResult> serverResults = new ArrayList<>();
        for (Upload upload : uploads) {
            serverResults.add(new ServerResult(
                    Integer.parseInt(fields.next()),
                    Float.parseFloat(fields.next()),
                    Float.parseFloat(fields.next()),
                    Integer.parseInt(fields.next()),
                    Integer.parseInt(fields.next()),
                    classes(fields),
                    Double.parseDouble(fields.next()),
                    upload.isInRounds() ? Double.parseDouble(fields.next()) : Double.NaN,
                    upload instanceof Upload.Erased ? Optional.of(delivery(fields)) : Optional.empty()));
        }
        return serverResults;
    }

    private static Delivery delivery(Iterator<String> fields) {
        return new Delivery(
                Integer.parseInt(fields.next()), Integer.parseInt(fields.next()), Integer.parseInt(fields.next()));
    }

    private static List<Integer> classes(Iterator<String> fields) {
        fields.next(); // repeats the first class of the next field, for readers of the file
        List<Integer> top = new ArrayList<>();
        for (String index : fields.next().split(" ", -1)) {
            top.add(Integer.parseInt(index));
        }
        return top;
    }
}
