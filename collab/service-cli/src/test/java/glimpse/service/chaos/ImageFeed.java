package glimpse.service.chaos;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.imageio.ImageIO;

/** Drops images into a folder at a steady pace, as a camera does. */
final class ImageFeed {
    /** How many different pictures there are; the name of an image tells which one it is. */
    static final int PICTURES = 20;

    private static final int SIDE = 28;
    private static final int GREY_LEVELS = 256;

    private final Path folder;
    private final Path templates;
    private final Duration pause;
    private final Queue<String> names = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    private ImageFeed(Path folder, Path templates, Duration pause) {
        this.folder = folder;
        this.templates = templates;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().unstarted(this::run);
    }

    /** Makes the pictures and starts to drop them. */
    static ImageFeed start(Path work, Path folder, Duration pause, long seed) throws IOException {
        Path templates = Files.createDirectories(work.resolve("pictures"));
        Random random = new Random(seed);
        for (int i = 0; i < PICTURES; i++) {
            ImageIO.write(picture(random), "png", templates.resolve(i + ".png").toFile());
        }
        ImageFeed feed = new ImageFeed(folder, templates, pause);
        feed.thread.start();
        return feed;
    }

    private static BufferedImage picture(Random random) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 4; i++) {
            int grey = random.nextInt(GREY_LEVELS);
            graphics.setColor(new Color(grey, grey, grey));
            graphics.fillRect(random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(SIDE), random.nextInt(SIDE));
        }
        graphics.dispose();
        return image;
    }

    private void run() {
        try {
            for (int i = 0; !stopped; i++) {
                String name = "%07d-%d.png".formatted(i, i % PICTURES);
                Path part = templates.resolve(name);
                Files.copy(templates.resolve(i % PICTURES + ".png"), part, StandardCopyOption.REPLACE_EXISTING);
                names.add(name);
                Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
                Thread.sleep(pause);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            // the end
        }
    }

    /** Returns the names of the images so far. */
    List<String> names() {
        return new ArrayList<>(names);
    }

    /** Drops no more images. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
