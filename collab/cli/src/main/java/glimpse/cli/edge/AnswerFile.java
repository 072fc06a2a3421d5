package glimpse.cli.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import glimpse.cli.error.UsageException;
import glimpse.evaluation.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of answers, which is also the record of what has been answered. Each line is on the disk before it counts; a
 * line that a crash has cut off is removed, and its image is answered again. One process writes at a time.
 */
public final class AnswerFile implements Answers.Destination {
    private static final int BLOCK_BYTES = 1 << 13;
    private static final int LONGEST_LINE = 1 << 20;
    private static final String START = "{\"" + AnswerLine.IMAGE + "\"";

    private final Path file;
    private final FileChannel channel;
    private final List<ImageVersion> earlier;

    private AnswerFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        lock();
        long end = endOfLastLine();
        this.earlier = read(); // before anything of another file is removed
        channel.truncate(end);
        channel.position(end);
    }

    /**
     * Opens a file, which is made if it isn't there.
     *
     * @throws UsageException if another process writes it, or a line isn't an answer
     */
    public static AnswerFile open(Path file) throws IOException {
        boolean made = !Files.exists(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            AnswerFile opened = new AnswerFile(file, channel);
            if (made) {
                persistName(file);
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns the images that the file had answers for when it was opened, oldest first. */
    public List<ImageVersion> earlier() {
        return earlier;
    }

    private void lock() throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // by this process
        }
        throw new UsageException("--out " + file + ": is being written by another edge");
    }

    private long endOfLastLine() throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        for (long end = channel.size(); end > 0; ) {
            long start = Math.max(0, end - BLOCK_BYTES);
            block.clear().limit((int) (end - start));
            while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
                // until the block is there
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }

    /** Reads the complete lines. */
    private List<ImageVersion> read() throws IOException {
        List<ImageVersion> versions = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        // through the channel, whose lock keeps others out on some systems; malformed bytes are replaced: a crash may
        // have cut a character off
        channel.position(0);
        Reader in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                versions.add(version(line.toString(), versions.size() + 1));
                line.setLength(0);
            } else if (line.length() < LONGEST_LINE) {
                line.append((char) c);
            } else {
                throw notAnAnswer(versions.size() + 1);
            }
        }
        if (versions.isEmpty() && !isCutOff(line.toString())) {
            throw notAnAnswer(1);
        }
        return List.copyOf(versions);
    }

    /** Returns whether a crash may have left this of a first line. */
    private static boolean isCutOff(String line) {
        return line.startsWith(START) || START.startsWith(line) || line.chars().allMatch(c -> c == 0);
    }

    private UsageException notAnAnswer(int number) {
        return new UsageException("--out " + file + ": line " + number + " isn't an answer of glimpse edge");
    }

    private ImageVersion version(String line, int number) {
        try {
            JsonNode values = Json.mapper().readTree(line);
            JsonNode image = values.path(AnswerLine.IMAGE);
            JsonNode bytes = values.path(AnswerLine.FILE_BYTES);
            JsonNode modified = values.path(AnswerLine.MODIFIED_MILLIS);
            if (image.isTextual() && bytes.canConvertToLong() && modified.canConvertToLong()) {
                return new ImageVersion(image.textValue(), bytes.longValue(), modified.longValue());
            }
        } catch (JsonProcessingException e) {
            // the message below covers it
        }
        throw notAnAnswer(number);
    }

    @Override
    public void append(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new IOException(file + ": can't be written: " + e.getMessage(), e);
        }
    }

    /** Makes a new file's name as durable as its content, where the system can. */
    private static void persistName(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (IOException e) {
            // Windows opens no folders, and needs nothing of the kind
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
