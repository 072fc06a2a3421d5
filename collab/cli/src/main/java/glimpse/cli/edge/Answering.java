package glimpse.cli.edge;

import glimpse.cli.file.InputFiles;
import glimpse.engine.image.RgbImage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** Answers image files one after the other, each once. For one thread. */
public final class Answering {
    private final AnswerLines lines;
    private final Answers answers;

    /**
     * Prepares to answer.
     *
     * @param lines classifies
     * @param answers take the lines
     */
    public Answering(AnswerLines lines, Answers answers) {
        this.lines = lines;
        this.answers = answers;
    }

    /**
     * Answers an image, unless it has its answer.
     *
     * @param name identifies the image for a random selection
     * @return whether the image could be read
     * @throws IOException if the answer can't be written
     */
    public boolean answer(Path file, String name) throws IOException {
        ImageVersion version = ImageVersion.of(file).orElseGet(() -> new ImageVersion(file.toString(), 0, 0));
        if (answers.contains(version)) {
            return true;
        }
        String line;
        boolean good = false;
        try {
            line = line(version, file, name);
            good = true;
        } catch (NoSuchFileException e) {
            line = AnswerLine.ofError(version, file + ": no such file");
        } catch (IOException e) {
            line = AnswerLine.ofError(version, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            line = AnswerLine.ofError(version, file + ": " + e.getMessage());
        } catch (OutOfMemoryError e) { // the next image may be smaller
            line = AnswerLine.ofError(version, file + ": takes more memory than there is");
        }
        answers.add(version, line);
        return good;
    }

    private String line(ImageVersion version, Path file, String name) throws IOException {
        long began = System.nanoTime();
        RgbImage image = InputFiles.readImage(file);
        Duration decode = Duration.ofNanos(System.nanoTime() - began);
        return lines.of(version, image, name, decode);
    }
}
