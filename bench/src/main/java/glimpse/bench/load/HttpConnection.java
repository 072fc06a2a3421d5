package glimpse.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kept connection over HTTP/1.1, with as little work of its own as possible: the server that is measured runs on the
 * same cores. For one thread.
 */
final class HttpConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(60).toMillis();
    private static final int STATUS_FROM = "HTTP/1.1 ".length();
    private static final int STATUS_TO = STATUS_FROM + 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final Pattern MODEL_TIME = Pattern.compile("(?i)^server-timing:.*model;dur=([.\\d]+)");
    private static final String LENGTH = "content-length:";
    private static final String RETRY = "retry-after-millis:";

    private final HttpTarget target;
    private final Socket socket = new Socket();
    private final InputStream in;

    HttpConnection(HttpTarget target) throws IOException {
        this.target = target;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(target.host(), target.port()), TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * A response.
     *
     * @param status of HTTP
     * @param modelNanos how long the model took, by the header Server-Timing; 0 if there is none
     * @param retryMillis after how long a refused request may be sent again; 0 if nothing says so
     */
    record Response(int status, long modelNanos, long retryMillis) {}

    /** Sends the request and reads the whole response. */
    Response exchange() throws IOException {
        socket.getOutputStream().write(target.request());
        String first = line();
        int status;
        try {
            status = Integer.parseInt(first.substring(STATUS_FROM, STATUS_TO));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("no HTTP/1.1 response: " + first, e);
        }
        long length = -1;
        long modelNanos = 0;
        long retryMillis = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lowerCase = header.toLowerCase(Locale.ROOT);
            if (lowerCase.startsWith(LENGTH)) {
                length = Long.parseLong(header.substring(LENGTH.length()).strip());
            }
            if (lowerCase.startsWith(RETRY)) {
                retryMillis = Long.parseLong(header.substring(RETRY.length()).strip());
            }
            Matcher model = MODEL_TIME.matcher(header);
            if (model.find()) {
                modelNanos = (long) (Double.parseDouble(model.group(1)) * NANOS_PER_MILLI);
            }
        }
        if (length < 0) {
            throw new IOException("a response of status " + status + " has no Content-Length");
        }
        in.skipNBytes(length);
        return new Response(status, modelNanos, retryMillis);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
