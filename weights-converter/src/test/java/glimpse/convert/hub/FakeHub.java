package glimpse.convert.hub;

import glimpse.convert.http.LoopbackServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A hub on loopback with one repository, {@code owner/model}. It redirects large files to {@code /cdn}, takes ranges,
 * and misbehaves as its faults say, one for each download.
 */
public final class FakeHub implements AutoCloseable {
    /** The commit of its branch. */
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    /** What the files of {@link #ofModel} hold. */
    static final byte[] CONFIG = "{\"num_attention_heads\": 3}".getBytes(StandardCharsets.UTF_8);

    static final byte[] WEIGHTS = weights();

    private static final int LARGE_BYTES = 1000;

    /** What goes wrong with a download. */
    enum Fault {
        NONE,
        CUT_IN_HALF,
        RESET_AT_ONCE,
        WRONG_BYTE,
        IGNORES_RANGE,
        ONE_BYTE_MORE,
        UNAVAILABLE,
        STALLS,
        WRONG_RANGE,
        WRONG_TOTAL,
        COMPRESSED
    }

    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final Queue<Fault> faults = new ArrayDeque<>();
    /** Faults of small files, which the hub sends itself. */
    final Queue<Fault> smallFaults = new ArrayDeque<>();

    /** The Range headers of downloads, in their order; empty where there is none. */
    final List<String> ranges = new CopyOnWriteArrayList<>();

    final List<String> requests = new CopyOnWriteArrayList<>();
    volatile String commit = COMMIT;
    volatile String error = "";
    /** Whether large files are on the hub itself. */
    volatile boolean ownFiles;
    /** Announced in place of the size of large files. */
    volatile long lie = -1;
    /** Announced in place of the ETag of every file. */
    volatile @Nullable String tag;
    /** Announced in place of the commit of every file. */
    volatile String toldCommit = "";
    /** What requests for a large file's address are redirected to. */
    volatile String location = "";

    private final LoopbackServer server;

    /** Starts a hub without files. */
    public FakeHub() throws IOException {
        server = new LoopbackServer(this::answer);
    }

    /** Starts a hub with a configuration and weights. */
    static FakeHub ofModel() throws IOException {
        FakeHub hub = new FakeHub();
        hub.put("config.json", CONFIG);
        hub.put("model.safetensors", WEIGHTS);
        return hub;
    }

    private static byte[] weights() {
        byte[] bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    /** Returns its address. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Adds or replaces a file of the repository. */
    public void put(String path, byte[] content) {
        files.put(path, content);
    }

    long downloads() {
        return requests.stream().filter(line -> line.startsWith("GET /cdn/")).count();
    }

    private void answer(LoopbackServer.Request request, Socket client) throws IOException {
        requests.add(request.line()
                + Optional.ofNullable(request.headers().get("Authorization"))
                        .map(token -> " " + token)
                        .orElse(""));
        answer(client, request.method(), request.target(), request.headers());
    }

    private void answer(Socket client, String method, String path, Map<String, String> headers) throws IOException {
        OutputStream out = client.getOutputStream();
        if (!error.isEmpty()) {
            respond(out, error.equals("GatedRepo") ? 403 : 404, Map.of("X-Error-Code", error), new byte[0]);
        } else if (path.startsWith("/api/models/owner/model/revision/")) {
            String siblings = files.keySet().stream()
                    .map(file -> "{\"rfilename\":\"" + file + "\"}")
                    .collect(Collectors.joining(","));
            respond(
                    out,
                    200,
                    Map.of(),
                    ("{\"sha\":\"" + commit + "\",\"siblings\":[" + siblings + "]}").getBytes(StandardCharsets.UTF_8));
        } else if (path.startsWith("/owner/model/resolve/")) {
            resolve(out, method, path.substring("/owner/model/resolve/".length() + COMMIT.length() + 1));
        } else if (path.startsWith("/cdn/")) {
            download(client, path.substring("/cdn/".length()), headers.get("Range"));
        } else {
            respond(out, 404, Map.of("X-Error-Code", "RepoNotFound"), new byte[0]);
        }
    }

    private void resolve(OutputStream out, String method, String path) throws IOException {
        byte[] content = files.get(path);
        if (content == null) {
            respond(out, 404, Map.of("X-Error-Code", "EntryNotFound"), new byte[0]);
        } else if (content.length > LARGE_BYTES) {
            respond(
                    out,
                    302,
                    Map.of(
                            "Location",
                            location.isEmpty()
                                    ? (ownFiles ? "" : "http://localhost:" + server.port()) + "/cdn/" + path
                                    : location,
                            "X-Repo-Commit",
                            toldCommit.isEmpty() ? commit : toldCommit,
                            "X-Linked-Etag",
                            tag == null ? "\"" + sha256(content) + "\"" : tag,
                            "X-Linked-Size",
                            String.valueOf(lie < 0 ? content.length : lie)),
                    new byte[0]);
        } else {
            Map<String, String> headers =
                    Map.of("X-Repo-Commit", commit, "ETag", tag == null ? "W/\"" + gitHash(content) + "\"" : tag);
            Fault fault = method.equals("HEAD") || smallFaults.isEmpty() ? Fault.NONE : smallFaults.remove();
            byte[] sent = content.clone();
            if (fault == Fault.WRONG_BYTE) {
                sent[sent.length / 2] ^= 1;
            }
            int count = fault == Fault.CUT_IN_HALF ? sent.length / 2 : sent.length;
            respond(out, 200, headers, sent, method.equals("HEAD") ? 0 : count, content.length);
        }
    }

    private void download(Socket client, String path, @Nullable String range) throws IOException {
        OutputStream out = client.getOutputStream();
        ranges.add(range == null ? "" : range);
        byte[] content = files.get(path);
        Fault fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        if (content == null || fault == Fault.UNAVAILABLE) {
            respond(out, content == null ? 404 : 503, Map.of(), new byte[0]);
            return;
        }
        if (fault == Fault.RESET_AT_ONCE) {
            client.setSoLinger(true, 0);
            return;
        }
        int from = range == null || fault == Fault.IGNORES_RANGE
                ? 0
                : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        byte[] sent = new byte[content.length - from + (fault == Fault.ONE_BYTE_MORE ? 1 : 0)];
        System.arraycopy(content, from, sent, 0, content.length - from);
        if (fault == Fault.WRONG_BYTE || fault == Fault.COMPRESSED) {
            sent[sent.length / 2] ^= 1;
        }
        int told = fault == Fault.WRONG_RANGE ? from + 1 : from;
        int total = fault == Fault.WRONG_TOTAL ? content.length + 1 : content.length;
        Map<String, String> headers = range == null || fault == Fault.IGNORES_RANGE
                ? (fault == Fault.COMPRESSED ? Map.of("Content-Encoding", "gzip") : Map.of())
                : Map.of("Content-Range", "bytes " + told + "-" + (content.length - 1) + "/" + total);
        respond(
                out,
                headers.isEmpty() ? 200 : 206,
                headers,
                sent,
                fault == Fault.CUT_IN_HALF || fault == Fault.STALLS ? sent.length / 2 : sent.length,
                sent.length);
        if (fault == Fault.STALLS) {
            int end = client.getInputStream().read(); // until the client has had enough
            assert end < 0;
        }
    }

    private static void respond(OutputStream out, int status, Map<String, String> headers, byte[] body)
            throws IOException {
        respond(out, status, headers, body, body.length, body.length);
    }

    private static void respond(
            OutputStream out, int status, Map<String, String> headers, byte[] body, int sent, int announced)
            throws IOException {
        StringBuilder lines = new StringBuilder();
        headers.forEach((name, value) -> lines.append(name.toLowerCase(Locale.ROOT))
                .append(": ")
                .append(value)
                .append("\r\n"));
        LoopbackServer.respond(out, status + " Status", lines.toString(), body, sent, announced);
    }

    static String sha256(byte[] content) {
        return hash("SHA-256", List.of(content));
    }

    static String gitHash(byte[] content) {
        return hash("SHA-1", List.of(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII), content));
    }

    private static String hash(String algorithm, List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            parts.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Queues faults for the next downloads. */
    void faults(Fault... next) {
        Collections.addAll(faults, next);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
