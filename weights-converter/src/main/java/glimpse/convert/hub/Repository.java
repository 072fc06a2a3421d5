package glimpse.convert.hub;

import com.fasterxml.jackson.databind.JsonNode;
import glimpse.convert.error.ConvertException;
import glimpse.convert.http.WebClient;
import glimpse.convert.source.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Asks a hub about one repository. */
final class Repository {
    private static final int OK = 200;
    private static final int LARGEST_LIST_BYTES = 16 << 20;

    private final HubHttp http;
    private final HubReference reference;

    Repository(HubHttp http, HubReference reference) {
        this.http = http;
        this.reference = reference;
    }

    /**
     * What a repository holds at a revision.
     *
     * @param commit the revision's commit
     * @param files the paths of its files
     */
    record Listing(String commit, Set<String> files) {
        Listing {
            files = Set.copyOf(files);
        }
    }

    /** Lists the files of the reference's revision. */
    Listing list() throws IOException {
        URI address = http.address("/api/models/" + reference.repository() + "/revision/"
                + URLEncoder.encode(reference.revision(), StandardCharsets.UTF_8));
        HttpResponse<InputStream> response = http.get(address, Optional.empty());
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                throw http.failure(reference.toString(), reference, response);
            }
            return listing(reference, body.readNBytes(LARGEST_LIST_BYTES + 1));
        }
    }

    /** Reads a hub's answer. */
    static Listing listing(HubReference reference, byte[] body) throws ConvertException {
        if (body.length > LARGEST_LIST_BYTES) {
            throw new ConvertException(
                    reference + ": the hub's list of files has over " + LARGEST_LIST_BYTES + " bytes");
        }
        JsonNode answer = JsonFile.parse(reference + ": the hub's list of files", body);
        String commit = answer.path("sha").asText();
        if (!HubReference.isCommit(commit)) {
            throw new ConvertException(reference + ": the hub's list of files names no commit");
        }
        Set<String> files = new HashSet<>();
        for (JsonNode sibling : answer.path("siblings")) {
            String path = sibling.path("rfilename").asText();
            if (HubReference.isPlainPath(path)) {
                files.add(path);
            }
        }
        return new Listing(commit, files);
    }

    /** Describes a file of a commit. */
    RemoteFile describe(String commit, String path) throws IOException {
        URI address = http.address("/" + reference.repository() + "/resolve/" + commit + "/" + escaped(path));
        HttpResponse<InputStream> response = http.head(address);
        String asked = named(path);
        if (response.statusCode() >= 400 || response.statusCode() < OK) {
            throw http.failure(asked, reference, response);
        }
        String hash = header(response, "X-Linked-Etag")
                .or(() -> header(response, "ETag"))
                .map(Repository::unquoted)
                .orElse("");
        OptionalLong bytes = number(header(response, "X-Linked-Size").or(() -> header(response, "Content-Length")));
        if (!ContentHash.isHash(hash) || bytes.isEmpty()) {
            throw new IOException(asked + ": the hub tells no hash or no size of it, expected an ETag and a length");
        }
        if (!header(response, "X-Repo-Commit").orElse(commit).equals(commit)) {
            throw new IOException(asked + ": the hub answered for another commit");
        }
        URI location = WebClient.redirect(response).orElse(response.uri());
        return new RemoteFile(path, commit, hash, bytes.getAsLong(), location);
    }

    /** Returns how messages name a file. */
    String named(String path) {
        return new HubReference(reference.owner(), reference.name(), reference.revision(), Optional.of(path))
                .toString();
    }

    private static String escaped(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    private static String unquoted(String etag) {
        String strong = etag.startsWith("W/") ? etag.substring(2) : etag;
        return strong.replace("\"", "");
    }

    private static OptionalLong number(Optional<String> text) {
        return text.filter(digits -> digits.matches("[0-9]{1,15}")).map(Long::parseLong).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }
}
