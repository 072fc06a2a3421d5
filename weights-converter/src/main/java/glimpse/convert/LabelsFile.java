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

/**
 * A UTF-8 file of class labels in the order of the classes, one per line: a label as {@link ClassLabels#ofLines} takes
 * it, or the columns {@code index}, {@code wnid} and {@code name} separated by tabs, under a header or not.
 */
final class LabelsFile {
    private static final long MAX_BYTES = 4L << 20;
    private static final String HEADER = "index\twnid\tname";

    private LabelsFile() {}

    static ClassLabels read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path + ": no such file");
        }
        if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
            throw new ConvertException(path + ": not a file of labels");
        }
        List<String> lines = new ArrayList<>(decode(path).lines().toList());
        while (!lines.isEmpty() && lines.getLast().isBlank()) {
            lines.removeLast();
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
        return ClassLabels.ofLines(labels);
    }

    private static String withoutIndex(Path path, int line, String text, int expected) throws ConvertException {
        String[] columns = text.split("\t", 2);
        if (columns.length < 2 || !columns[0].equals(Integer.toString(expected))) {
            throw new ConvertException(path + ": line " + line + " begins with " + Excerpt.quoted(columns[0])
                    + ", expected index " + expected);
        }
        return columns[1];
    }

    private static String decode(Path path) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ConvertException(path + ": not UTF-8 text", e);
        }
    }
}
