package glimpse.evaluation.data;

import glimpse.engine.image.ImageFormatException;
import glimpse.fuzz.Mutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Decodes images and mutations of them many times, on all cores: {@code DecodeSoak COUNT SEED FILE...}. Progress is
 * printed every few seconds, so that a watcher notices a virtual machine that has frozen. Exits with 1 after an
 * exception that isn't documented.
 */
public final class DecodeSoak {
    private static final int LARGE_BYTES = 1 << 14;

    /** Large files take as long as thousands of small ones. */
    private static final int LARGE_EVERY = 50_000;

    private static final int TAKEN_AT_ONCE = 100;
    private static final long PROGRESS_MILLIS = 3_000;

    private final List<byte[]> small = new ArrayList<>();
    private final List<byte[]> large = new ArrayList<>();
    private final Mutator mutator;
    private final Decoder decoder;
    private final AtomicLong images = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<String> finding = new AtomicReference<>("");

    /** What is attacked. */
    interface Decoder {
        void decode(byte[] file) throws ImageFormatException;
    }

    /**
     * Creates a soak.
     *
     * @param files at least one of less than 16 KiB
     */
    DecodeSoak(List<byte[]> files, long seed, Decoder decoder) {
        for (byte[] file : files) {
            (file.length < LARGE_BYTES ? small : large).add(file);
        }
        if (small.isEmpty()) {
            throw new IllegalArgumentException("expected at least one file of less than " + LARGE_BYTES + " bytes");
        }
        this.mutator = new Mutator(small, seed);
        this.decoder = decoder;
    }

    /** Runs the soak. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long count = Long.parseLong(arguments[0]);
        List<byte[]> files = new ArrayList<>();
        for (int i = 2; i < arguments.length; i++) {
            files.add(Files.readAllBytes(Path.of(arguments[i])));
        }
        DecodeSoak soak = new DecodeSoak(files, Long.parseLong(arguments[1]), ImageFileReader::decode);
        Thread progress = Thread.ofPlatform().daemon().start(() -> soak.report(count));
        Optional<String> finding = soak.run(count, Runtime.getRuntime().availableProcessors());
        progress.interrupt();
        System.out.println(soak.line(count));
        finding.ifPresent(System.out::println);
        System.exit(finding.isEmpty() ? 0 : 1);
    }

    private void report(long count) {
        try {
            while (true) {
                System.out.println(line(count));
                Thread.sleep(PROGRESS_MILLIS);
            }
        } catch (InterruptedException e) {
            // the run has ended
        }
    }

    private String line(long count) {
        return String.format(
                "%,d of %,d decodes: %,d images, %,d refused", decodes(), count, images.get(), refused.get());
    }

    /** Returns how many files have been decoded or refused. */
    long decodes() {
        return images.get() + refused.get();
    }

    long images() {
        return images.get();
    }

    /** Decodes on several threads, until the end or the first finding, which is returned. */
    Optional<String> run(long count, int threads) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().start(() -> {
                for (long first = next.getAndAdd(TAKEN_AT_ONCE);
                        first < count && finding.get().isEmpty();
                        first = next.getAndAdd(TAKEN_AT_ONCE)) {
                    for (long number = first; number < Math.min(count, first + TAKEN_AT_ONCE); number++) {
                        decode(number);
                    }
                }
            }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return Optional.of(finding.get()).filter(text -> !text.isEmpty());
    }

    private void decode(long number) {
        try {
            decoder.decode(input(number));
            images.incrementAndGet();
        } catch (ImageFormatException e) {
            refused.incrementAndGet();
        } catch (RuntimeException | Error e) {
            StackTraceElement[] trace = e.getStackTrace();
            finding.compareAndSet(
                    "", "decode " + number + ": undocumented " + e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }

    /** Returns the files in turn, each followed by a mutation. */
    private byte[] input(long number) {
        if (number % LARGE_EVERY == 0 && !large.isEmpty()) {
            return large.get((int) (number / LARGE_EVERY % large.size()));
        }
        return number % 2 == 0 ? small.get((int) (number / 2 % small.size())) : mutator.input(number);
    }
}
