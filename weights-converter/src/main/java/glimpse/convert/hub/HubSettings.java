package glimpse.convert.hub;

import glimpse.convert.error.ConvertException;
import glimpse.convert.http.Proxies;
import glimpse.convert.http.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which hub is asked, and where its files are kept. The environment variables are those of Python's huggingface_hub.
 *
 * @param endpoint address of the hub, without a slash at its end
 * @param cache folder of the hub's files
 * @param token sent to the hub, and to no other host
 * @param offline whether only the cache is used
 * @param proxies through which the hub and the hosts of its files are asked
 */
public record HubSettings(URI endpoint, Path cache, Optional<String> token, boolean offline, Proxies proxies) {
    private static final String DEFAULT_ENDPOINT = "https://huggingface.co";
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
    private static final int LONGEST_TOKEN_BYTES = 4096;

    /** Checks that nothing is null. */
    public HubSettings {
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(proxies, "proxies");
    }

    /**
     * Reads the settings: HF_ENDPOINT; HF_HUB_CACHE, HF_HOME or XDG_CACHE_HOME; HF_TOKEN, HF_TOKEN_PATH or the token
     * file in HF_HOME; HF_HUB_DISABLE_IMPLICIT_TOKEN; HF_HUB_OFFLINE; and the proxies of {@link Proxies#of}.
     *
     * @param environment the process's environment variables
     * @param home the user's home folder
     * @throws ConvertException if a variable is invalid
     * @throws IOException if the token file exists but can't be read
     */
    public static HubSettings of(Map<String, String> environment, Path home) throws IOException {
        Path user = folder(environment, "XDG_CACHE_HOME", home).orElse(home.resolve(".cache"));
        Path hub = folder(environment, "HF_HOME", home).orElse(user.resolve("huggingface"));
        Path cache = folder(environment, "HF_HUB_CACHE", home)
                .or(() -> folder(environment, "HUGGINGFACE_HUB_CACHE", home))
                .orElse(hub.resolve("hub"));
        Path tokenFile = folder(environment, "HF_TOKEN_PATH", home).orElse(hub.resolve("token"));
        return new HubSettings(
                endpoint(environment.get("HF_ENDPOINT")),
                cache,
                token(environment, tokenFile),
                isTrue(environment, "HF_HUB_OFFLINE") || isTrue(environment, "TRANSFORMERS_OFFLINE"),
                Proxies.of(environment));
    }

    private static URI endpoint(@Nullable String value) throws ConvertException {
        String text = value == null || value.isBlank() ? DEFAULT_ENDPOINT : value.strip();
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        try {
            URI address = new URI(text);
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            boolean complete = address.getHost() != null && WebAddress.hasValidPort(address);
            if (web && complete && address.getQuery() == null && address.getFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new ConvertException("HF_ENDPOINT " + text + ": expected the address of a hub, like " + DEFAULT_ENDPOINT);
    }

    private static Optional<Path> folder(Map<String, String> environment, String variable, Path home) {
        String value = environment.get(variable);
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(value.startsWith("~/") ? home.resolve(value.substring(2)) : Path.of(value));
    }

    private static Optional<String> token(Map<String, String> environment, Path file) throws IOException {
        for (String variable : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
            String value = environment.get(variable);
            if (value != null && !value.isBlank()) {
                return Optional.of(checked(variable, value.strip()));
            }
        }
        if (isTrue(environment, "HF_HUB_DISABLE_IMPLICIT_TOKEN")
                || !Files.isRegularFile(file)
                || Files.size(file) > LONGEST_TOKEN_BYTES) {
            return Optional.empty();
        }
        String value = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(checked(file.toString(), value));
    }

    private static String checked(String where, String token) throws ConvertException {
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new ConvertException(where + ": not a token, expected letters and digits");
        }
        return token;
    }

    private static boolean isTrue(Map<String, String> environment, String variable) {
        return TRUE.contains(environment.getOrDefault(variable, "").strip().toUpperCase(Locale.ROOT));
    }

    /** Returns the settings without the token, which isn't for logs. */
    @Override
    public String toString() {
        return endpoint + ", cache " + cache + (token.isPresent() ? ", with a token" : "")
                + (offline ? ", offline" : "");
    }
}
