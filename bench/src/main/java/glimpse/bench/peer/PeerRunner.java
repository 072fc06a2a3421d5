package glimpse.bench.peer;

import glimpse.bench.DeitSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Runs one engine as a process that takes commands, so that a comparison can alternate between engines that are all
 * loaded and warm. Prints {@code ready} once the engine is loaded, then a line for each line of standard input, until
 * the input ends:
 *
 * <pre>
 * logits      prints  logits V V V ...
 * run MILLIS  prints  nanos N N N ...   the time of each pass; at least three passes
 * </pre>
 *
 * <p>The Python engines follow the same protocol.
 */
public final class PeerRunner {
    private static final int MIN_PASSES = 3;

    private PeerRunner() {}

    /**
     * Runs an engine until the end of standard input.
     *
     * @param arguments the engine ({@link PeerEngine.Kind}), the folder of {@link PeerModels}, the model's size
     *     ({@link DeitSize}) and the number of threads
     */
    public static void main(String[] arguments) {
        if (arguments.length != 4) {
            System.err.println("usage: PeerRunner ENGINE FOLDER MODEL THREADS");
            System.exit(2);
        }
        try {
            run(arguments);
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            System.err.println(String.join(" ", arguments) + ": " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws IOException {
        PeerEngine.Kind kind = PeerEngine.Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        PeerModels models = new PeerModels(Path.of(arguments[1]));
        DeitSize size = DeitSize.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        try (PeerEngine engine = PeerEngine.open(kind, models, size, Integer.parseInt(arguments[3]))) {
            System.out.println("ready");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(reply(line, engine));
            }
        }
    }

    private static String reply(String command, PeerEngine engine) {
        StringBuilder reply = new StringBuilder();
        if (command.equals("logits")) {
            reply.append("logits");
            for (float value : engine.forward()) {
                reply.append(' ').append(value);
            }
        } else if (command.startsWith("run ")) {
            reply.append("nanos");
            long end = System.nanoTime() + Long.parseLong(command.substring("run ".length())) * 1_000_000;
            long begin = System.nanoTime();
            for (int pass = 0; pass < MIN_PASSES || begin < end; pass++) {
                engine.forward();
                long now = System.nanoTime();
                reply.append(' ').append(now - begin);
                begin = now;
            }
        } else {
            reply.append("unknown command '").append(command).append("', expected logits or run MILLIS");
        }
        return reply.toString();
    }
}
