package glimpse.bench.load;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A POST request that is sent again and again, as the bytes that go over a connection. */
final class HttpTarget {
    private final URI uri;
    private final byte[] request;

    HttpTarget(URI uri, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder("POST ").append(uri.getRawPath()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(uri.getAuthority()).append("\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        this.uri = uri;
        this.request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
    }

    String host() {
        return uri.getHost();
    }

    int port() {
        return uri.getPort();
    }

    /** Returns the request's head and body; not to be changed. */
    byte[] request() {
        return request;
    }
}
