import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Answers on 127.0.0.1 as Adoptium's API and Apache's download site do, with small archives: {@code java
 * DownloadServer.java FOLDER} serves FOLDER/archive.tar.gz and writes its port to FOLDER/port and each request to FOLDER/log.
 * The first part of a request's path chooses what goes wrong:
 *
 * <ul>
 *   <li>{@code good}: nothing
 *   <li>{@code cut}: no response has more than a third of the archive
 *   <li>{@code cut-once}: the same, where the archive is asked for from its beginning
 *   <li>{@code restart}: a range is ignored, the whole archive is sent
 *   <li>{@code wrong-sum}: the published checksum is another
 *   <li>{@code wrong-json}: the description has no package
 *   <li>{@code missing}: every response is 404
 *   <li>{@code no-archive}: the description is right, the archive is 404
 * </ul>
 */
void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    byte[] archive = Files.readAllBytes(folder.resolve("archive.tar.gz"));
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
        String path = exchange.getRequestURI().getPath();
        String range = exchange.getRequestHeaders().getFirst("Range");
        String request = exchange.getRequestURI() + (range == null ? "" : " " + range) + "\n";
        Files.writeString(folder.resolve("log"), request, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        String mode = path.split("/")[1];
        boolean described = path.contains("/v3/assets/");
        if (mode.equals("missing") || mode.equals("no-archive") && !described) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        } else if (described) {
            String host = exchange.getRequestHeaders().getFirst("Host");
            send(exchange, 200, description(mode, "http://" + host + "/" + mode + "/jdk.tar.gz", archive).getBytes());
        } else {
            sendArchive(exchange, mode, range, archive);
        }
    });
    server.start();
    Path port = folder.resolve("port.partial");
    Files.writeString(port, server.getAddress().getPort() + "\n");
    Files.move(port, folder.resolve("port"));
}

void sendArchive(HttpExchange exchange, String mode, String range, byte[] archive) throws IOException {
    int from = 0;
    if (range != null && !mode.equals("restart")) {
        from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        if (from >= archive.length) {
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (archive.length - 1) + "/" + archive.length);
    }
    int length = archive.length - from;
    int sent = mode.equals("cut") || mode.equals("cut-once") && from == 0 ? Math.min(length, archive.length / 3) : length;
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
    exchange.getResponseBody().write(archive, from, sent);
    exchange.getResponseBody().flush();
    exchange.close(); // the connection ends early if the body is short
}

void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
}

String description(String mode, String link, byte[] archive) {
    if (mode.equals("wrong-json")) {
        return "[]";
    }
    String sum = mode.equals("wrong-sum") ? "0".repeat(64) : sha256(archive);
    return """
        [
            {
                "binary": {
                    "architecture": "x64",
                    "installer": {
                        "checksum": "%s",
                        "link": "http://127.0.0.1:1/installer.pkg",
                        "name": "installer.pkg",
                        "size": 7
                    },
                    "os": "linux",
                    "package": {
                        "checksum": "%s",
                        "checksum_link": "%s.sha256.txt",
                        "download_count": 1234,
                        "link": "%s",
                        "name": "jdk.tar.gz",
                        "signature_link": "%s.sig",
                        "size": %d
                    },
                    "project": "jdk"
                },
                "release_name": "jdk-25.0.1+8",
                "vendor": "eclipse"
            }
        ]
        """.formatted("1".repeat(64), sum, link, link, link, archive.length);
}

String sha256(byte[] bytes) {
    try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
    }
}
