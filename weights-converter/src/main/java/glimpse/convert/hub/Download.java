package glimpse.convert.hub;

import glimpse.convert.error.ConvertException;
import glimpse.convert.http.GuardedBody;
import glimpse.convert.http.WebClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads one content to its blob. What an interrupted download left is continued, and a content only gets its name
 * once it has the size and the hash that the hub told.
 */
final class Download {
    private static final int ATTEMPTS = 6;
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int BUFFER_BYTES = 1 << 18;
    private static final Duration LONGEST = Duration.ofDays(30); // a slow network is no fault
    private static final long REPORT_BYTES = 1 << 20;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes ([0-9]{1,15})-[0-9]{1,15}/([0-9]{1,15}|\\*)");

    private final HubHttp http;
    private final Repository repository;
    private final HubReference reference;
    private final DownloadListener listener;
    private final Duration pause;
    private final Duration stall;

    /**
     * Creates a download.
     *
     * @param pause before the second attempt; each further one waits twice as long
     * @param stall how long nothing may arrive
     */
    Download(
            HubHttp http,
            Repository repository,
            HubReference reference,
            DownloadListener listener,
            Duration pause,
            Duration stall) {
        this.http = http;
        this.repository = repository;
        this.reference = reference;
        this.listener = listener;
        this.pause = pause;
        this.stall = stall;
    }

    /**
     * Downloads a content.
     *
     * @param file what is downloaded
     * @param blob where it goes; the caller holds its lock
     */
    void run(RemoteFile file, Path blob) throws IOException {
        Path part = blob.resolveSibling(blob.getFileName() + ".glimpse.incomplete");
        boolean startedOver = false;
        for (int attempt = 1; ; attempt++) {
            try {
                // a location may be valid for minutes only: each attempt asks for one
                receive(attempt == 1 ? file : repository.describe(file.commit(), file.path()), part);
            } catch (IOException e) {
                if (attempt == ATTEMPTS || !isPassing(e)) {
                    throw e;
                }
                sleep(pause.multipliedBy(1L << (attempt - 1)));
                continue;
            }
            if (ContentHash.matches(part, file.hash())) {
                force(part);
                Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE);
                return;
            }
            Files.delete(part);
            if (startedOver) {
                throw new IOException(
                        repository.named(file.path()) + ": what arrived isn't the file, expected hash " + file.hash());
            }
            startedOver = true;
        }
    }

    /** Receives what is missing of a part; returns once it has the file's size. */
    private void receive(RemoteFile file, Path part) throws IOException {
        String asked = repository.named(file.path());
        long have = Files.exists(part) ? Files.size(part) : 0;
        if (have > file.bytes()) {
            Files.delete(part);
            have = 0;
        }
        if (have == file.bytes() && have > 0) {
            return;
        }
        HttpResponse<InputStream> response =
                http.get(file.location(), have == 0 ? Optional.empty() : Optional.of("bytes=" + have + "-"));
        try (GuardedBody body = new GuardedBody(response.body(), stall, LONGEST)) {
            int status = response.statusCode();
            if (status == RANGE_NOT_SATISFIABLE) {
                Files.delete(part);
                throw new TransientHubException(asked + ": the hub has no bytes from " + have + " on");
            }
            if (status != OK && status != PARTIAL) {
                throw http.failure(asked, reference, response);
            }
            long from = status == PARTIAL ? first(response, file, asked) : 0;
            if (from > have) {
                throw new TransientHubException(asked + ": the hub sent bytes from " + from + " on, expected " + have);
            }
            append(body, file, part, from);
        }
    }

    private static long first(HttpResponse<?> response, RemoteFile file, String asked) throws IOException {
        Matcher range = CONTENT_RANGE.matcher(
                response.headers().firstValue("Content-Range").orElse(""));
        if (!range.matches() || !(range.group(2).equals("*") || Long.parseLong(range.group(2)) == file.bytes())) {
            throw new TransientHubException(asked + ": the hub sent a part of another size of file");
        }
        return Long.parseLong(range.group(1));
    }

    private void append(GuardedBody body, RemoteFile file, Path part, long from) throws IOException {
        String asked = repository.named(file.path());
        long have = from;
        long reported = from;
        try (OutputStream out = open(part, from)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = read(body, buffer, have, file); read >= 0; read = read(body, buffer, have, file)) {
                if (have + read > file.bytes()) {
                    throw new TransientHubException(
                            asked + ": more bytes arrived than the " + file.bytes() + " announced");
                }
                write(out, buffer, read, part);
                have += read;
                if (have - reported >= REPORT_BYTES || have == file.bytes()) {
                    listener.progress(file.path(), have, file.bytes());
                    reported = have;
                }
            }
        }
        if (have < file.bytes()) {
            throw new TransientHubException(
                    asked + ": the connection ended after " + have + " of " + file.bytes() + " bytes");
        }
    }

    /** Reads, and says how far the file has come if the connection ends. */
    private int read(GuardedBody body, byte[] buffer, long have, RemoteFile file) throws IOException {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new TransientHubException(
                    repository.named(file.path()) + ": the connection ended after " + have + " of " + file.bytes()
                            + " bytes: " + WebClient.reason(e),
                    e);
        }
    }

    /** Writes, and tells an error of this machine's files from one of the network. */
    private static void write(OutputStream out, byte[] buffer, int count, Path part) throws FileSystemException {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            FileSystemException failure = new FileSystemException(part.toString(), null, e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }

    /** Opens a part to continue at a byte, which isn't behind its end. */
    private static OutputStream open(Path part, long from) throws IOException {
        if (from == 0) {
            return Files.newOutputStream(part);
        }
        try (var channel = Files.newByteChannel(part, StandardOpenOption.WRITE)) {
            channel.truncate(from);
        }
        return Files.newOutputStream(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Returns whether another attempt may succeed: not after a refusal, nor after an error of this machine's files. */
    private static boolean isPassing(IOException e) {
        return !(e instanceof ConvertException
                || e instanceof FileSystemException
                || (e instanceof InterruptedIOException
                        && Thread.currentThread().isInterrupted()));
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
