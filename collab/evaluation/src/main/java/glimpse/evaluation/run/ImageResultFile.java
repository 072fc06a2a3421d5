package glimpse.evaluation.run;

import glimpse.evaluation.data.Dataset;
import glimpse.evaluation.io.Csv;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file that rows are appended to. A batch of rows is on the disk before it counts as written; whatever a killed
 * process or a power loss left that isn't a whole row is cut off when the file is opened.
 */
final class ImageResultFile implements AutoCloseable {
    private final Path path;
    private final ImageResultFormat format;
    private final FileChannel channel;
    private final List<ImageResult> rows = new ArrayList<>();
    private long goodBytes;

    private ImageResultFile(Path path, ImageResultFormat format, FileChannel channel) {
        this.path = path;
        this.format = format;
        this.channel = channel;
    }

    /** Opens the file and reads the rows that an interrupted run of the same plan on the same images left, if any. */
    static ImageResultFile open(Path path, ImageResultFormat format, Dataset images) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ImageResultFile file = new ImageResultFile(path, format, channel);
        try {
            file.recover(images);
            return file;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void recover(Dataset images) throws IOException {
        // one character per byte, so that offsets in the text are offsets in the file
        String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        int at = 0;
        if (text.startsWith(latin(format.header()))) {
            at = latin(format.header()).length();
            for (Optional<Csv.ParsedRecord> record = Csv.parse(text, at); record.isPresent(); ) {
                Optional<ImageResult> row = record.flatMap(parsed -> format.parse(utf8(parsed.fields())));
                if (row.isEmpty() || !isNext(row.get(), images)) {
                    break;
                }
                rows.add(row.get());
                at = record.get().end();
                record = Csv.parse(text, at);
            }
        }
        channel.truncate(at);
        channel.position(at);
        goodBytes = at;
        if (at == 0) {
            write(format.header());
        }
    }

    private boolean isNext(ImageResult row, Dataset images) {
        int next = rows.size();
        return next < images.size()
                && row.index() == next
                && row.name().equals(images.name(next))
                && row.label() == images.label(next);
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static List<String> utf8(List<String> latinFields) {
        return latinFields.stream()
                .map(field -> new String(field.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns the rows so far, in the images' order from the first. */
    List<ImageResult> rows() {
        return List.copyOf(rows);
    }

    /** Returns the number of rows so far. */
    int size() {
        return rows.size();
    }

    /**
     * Appends rows.
     *
     * @throws IOException naming the file if it can't be written; earlier rows are kept
     */
    void append(List<ImageResult> more) throws IOException {
        StringBuilder lines = new StringBuilder();
        more.forEach(row -> lines.append(format.line(row)));
        write(lines.toString());
        rows.addAll(more);
    }

    private void write(String lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        int length = bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            goodBytes += length;
        } catch (IOException e) {
            channel.truncate(goodBytes);
            throw new IOException(
                    path + ": can't be written: " + e.getMessage() + " (" + rows.size() + " finished images are kept)",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
