package glimpse.bench.peer;

import glimpse.bench.DeitSize;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * One engine as a process that waits for commands, so that a comparison can alternate between engines that are all
 * loaded and warm. Line by line on standard input:
 *
 * <pre>
 * logits      answers  logits V V V ...
 * run MILLIS  answers  nanos N N N ...    the time of each pass, at least three of them
 * </pre>
 *
 * It says {@code ready} first and ends with its input. The Python engines speak the same.
 */
public final class PeerRunner {
    private static final int FEWEST_PASSES = 3;

    private PeerRunner() {}

    /** Arguments: engine, folder of the models, model, threads. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 4) {
            System.err.println("expected: ENGINE FOLDER MODEL THREADS");
            System.exit(2);
        }
        PeerEngine.Kind kind = PeerEngine.Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        DeitSize size = DeitSize.valueOf(arguments[2].toUpperCase(Locale.ROOT));
        PeerModels models = new PeerModels(Path.of(arguments[1]));
        try (PeerEngine engine = PeerEngine.open(kind, models, size, Integer.parseInt(arguments[3]))) {
            System.out.println("ready");
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answer(line, engine, System.out);
            }
        }
    }

    private static void answer(String command, PeerEngine engine, PrintStream out) {
        StringBuilder answer = new StringBuilder();
        if (command.equals("logits")) {
            answer.append("logits");
            for (float value : engine.forward()) {
                answer.append(' ').append(value);
            }
        } else if (command.startsWith("run ")) {
            answer.append("nanos");
            long end = System.nanoTime() + Long.parseLong(command.substring("run ".length())) * 1_000_000;
            long begin = System.nanoTime();
            for (int pass = 0; pass < FEWEST_PASSES || begin < end; pass++) {
                engine.forward();
                long now = System.nanoTime();
                answer.append(' ').append(now - begin);
                begin = now;
            }
        } else {
            answer.append("unknown command '").append(command).append("', expected logits or run MILLIS");
        }
        out.println(answer);
    }
}
