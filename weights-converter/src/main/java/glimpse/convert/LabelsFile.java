package glimpse.convert;

import glimpse.convert.error.ConvertException;
import glimpse.convert.source.Excerpt;
import glimpse.engine.ClassLabels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A UTF-8 file of class labels, which its content tells apart: JSON as {@link JsonLabels} reads it; or lines in the
 * order of the classes, each a label as {@link ClassLabels#ofLines} takes it, or the columns {@code index},
 * {@code wnid} and {@code name} separated by tabs, under a header or not.
 */
final class LabelsFile {
    private static final long MAX_BYTES = 4L << 20;
    private static final String HEADER = "index\twnid\tname";
    private static final Pattern OF_IMAGE =
            Pattern.compile("\"?(?:[^\t,]*\\.(?i:jpe?g|png|webp)|ILSVRC2012_(?:val|train|test)_[0-9]+)\"?[\t, ].*");
    private static final String BYTE_ORDER_MARK = "\uFEFF"; // that some programs put before a text
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final String OTHER_LABELS =
            "; labels of images go with the images, to evaluate or sweep: --images PATH --labels FILE";

    private LabelsFile() {}

    /**
     * Reads a file.
     *
     * @param classes the model's number of classes
     * @throws ConvertException naming the file, and the line or key, if it doesn't hold one label per class
     */
    static ClassLabels read(Path path, int classes) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + ": no such file");
        }
        if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
            throw new ConvertException(path + ": not a file of labels, expected a text of at most " + MAX_BYTES
                    + " bytes with a name per class");
        }
        byte[] content = Files.readAllBytes(path);
        String text = decode(path, content);
        boolean json = JsonLabels.matches(text);
        List<String> lines = json ? JsonLabels.parse(path, content) : lines(text);
        List<String> labels = json ? lines : labels(path, lines);
        if (labels.size() != classes) {
            boolean numbers =
                    labels.stream().allMatch(label -> NUMBER.matcher(label).matches());
            throw new ConvertException(path + ": " + labels.size() + " labels, expected " + classes + ", one per class"
                    + (numbers && !labels.isEmpty() ? OTHER_LABELS : ""));
        }
        return ClassLabels.ofLines(labels);
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
        }
        return lines;
    }

    private static List<String> labels(Path path, List<String> lines) throws ConvertException {
        List<String> beyondHeader = lines.subList(Math.min(1, lines.size()), lines.size());
        if (!beyondHeader.isEmpty()
                && beyondHeader.stream().allMatch(line -> OF_IMAGE.matcher(line).matches())) {
            throw new ConvertException(path + ": line 2 is the label of an image, " + Excerpt.quoted(lines.get(1))
                    + ", expected the name of a class" + OTHER_LABELS);
        }
        boolean hasHeader = !lines.isEmpty() && lines.getFirst().equals(HEADER);
        boolean hasIndex = hasHeader || (!lines.isEmpty() && lines.getFirst().matches("\\d+\t[^\t]*\t.*"));
        List<String> labels = new ArrayList<>();
        for (int line = hasHeader ? 1 : 0; line < lines.size(); line++) {
            String text = lines.get(line).strip();
            if (text.isEmpty()) {
                throw new ConvertException(path + ": line " + (line + 1) + " is empty, expected a label");
            }
            labels.add(hasIndex ? withoutIndex(path, line + 1, text, labels.size()) : text);
        }
        return labels;
    }

    private static String withoutIndex(Path path, int line, String text, int expected) throws ConvertException {
        String[] columns = text.split("\t", 2);
        if (columns.length < 2 || !columns[0].equals(Integer.toString(expected))) {
            throw new ConvertException(path + ": line " + line + " begins with " + Excerpt.quoted(columns[0])
                    + ", expected index " + expected);
        }
        return columns[1];
    }

    private static String decode(Path path, byte[] content) throws ConvertException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ConvertException(path + ": not UTF-8 text", e);
        }
    }
}
