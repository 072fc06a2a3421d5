package glimpse.convert.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Fetches files of the web into memory, within limits of size, time and redirects. Thread-safe.
 *
 * @param client sends the requests
 * @param mostBytes of a file
 * @param total how long a file may take, redirects and all
 */
public record WebFetch(WebClient client, int mostBytes, Duration total) {
    private static final int OK = 200;
    private static final int BUFFER_BYTES = 1 << 16;

    /**
     * What is wanted.
     *
     * @param startBytes how many of a file's first bytes show whether it is wanted
     * @param matches whether these bytes, or fewer if the file is shorter, are those of a wanted file
     * @param words what is wanted, for messages
     */
    public record Wanted(int startBytes, Predicate<byte[]> matches, String words) {}

    /**
     * Fetches a file. What isn't wanted is given up at its first bytes.
     *
     * @param address one that {@link WebAddress#parse} has read
     * @throws IOException naming the address, as {@link WebAddress#shown} does, and what is wrong
     */
    public byte[] fetch(URI address, Wanted wanted) throws IOException {
        String name = WebAddress.shown(address);
        long end = System.nanoTime() + total.toNanos();
        URI next = URI.create(address.toASCIIString());
        for (int i = 0; i <= WebClient.MOST_REDIRECTS; i++) {
            HttpResponse<InputStream> response = send(next, name, end);
            try (InputStream _ = response.body()) {
                URI redirect = WebClient.redirect(response).orElse(null);
                if (redirect == null) {
                    return content(response, name, end, wanted);
                }
                if (redirect.getRawUserInfo() != null) {
                    throw new IOException(name + ": redirects to an address with a password");
                }
                next = redirect;
            }
        }
        throw new IOException(name + ": more than " + WebClient.MOST_REDIRECTS + " redirects");
    }

    private HttpResponse<InputStream> send(URI address, String name, long end) throws IOException {
        Duration left = Duration.ofNanos(Math.max(end - System.nanoTime(), 1));
        try {
            return client.send(client.request(address, left).GET().build());
        } catch (IOException e) {
            boolean late = end - System.nanoTime() <= 0;
            throw new IOException(
                    name + ": " + (late ? "took longer than " + total.toSeconds() + " s" : unreachable(address, e)), e);
        }
    }

    private static String unreachable(URI address, IOException e) {
        return "no answer from " + address.getHost() + ": " + WebClient.reason(e);
    }

    private byte[] content(HttpResponse<InputStream> response, String name, long end, Wanted wanted)
            throws IOException {
        if (response.statusCode() != OK) {
            throw new IOException(name + ": the server answered with status " + response.statusCode());
        }
        OptionalLong announced = response.headers().firstValueAsLong("Content-Length");
        if (announced.isPresent() && announced.getAsLong() > mostBytes) {
            throw tooLarge(name);
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[BUFFER_BYTES];
        Duration left = Duration.ofNanos(Math.max(end - System.nanoTime(), 1));
        try (GuardedBody body = new GuardedBody(response.body(), left, left)) {
            boolean checked = false;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                if (content.size() + read > mostBytes) {
                    throw tooLarge(name);
                }
                content.write(buffer, 0, read);
                if (!checked && content.size() >= wanted.startBytes()) {
                    check(response, content.toByteArray(), name, wanted);
                    checked = true;
                }
            }
            if (!checked) {
                check(response, content.toByteArray(), name, wanted);
            }
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).startsWith(name)) {
                throw e;
            }
            String reason = end - System.nanoTime() <= 0
                    ? "took longer than " + total.toSeconds() + " s"
                    : "the connection ended after " + content.size() + " bytes: " + WebClient.reason(e);
            throw new IOException(name + ": " + reason, e);
        }
        return content.toByteArray();
    }

    private IOException tooLarge(String name) {
        return new IOException(name + ": more than " + mostBytes + " bytes");
    }

    private static void check(HttpResponse<?> response, byte[] start, String name, Wanted wanted) throws IOException {
        byte[] first = Arrays.copyOf(start, Math.min(start.length, wanted.startBytes()));
        if (!wanted.matches().test(first)) {
            String type = response.headers()
                    .firstValue("Content-Type")
                    .orElse("no type")
                    .toLowerCase(Locale.ROOT);
            throw new IOException(name + ": the server sent " + (start.length == 0 ? "nothing" : type) + ", expected "
                    + wanted.words());
        }
    }
}
