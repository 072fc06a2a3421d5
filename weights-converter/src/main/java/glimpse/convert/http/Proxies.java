package glimpse.convert.http;

import glimpse.convert.error.ConvertException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that environment variables name, as Python's requests takes them: HTTPS_PROXY and HTTP_PROXY by the
 * scheme of what is asked for, ALL_PROXY where there is none, NO_PROXY for hosts without one. Names in lower case come
 * first. Immutable.
 */
public final class Proxies {
    private static final String EXPECTED = ": expected http://[USER:PASSWORD@]HOST:PORT";
    private static final Proxies NONE = new Proxies(Map.of(), Bypass.of(""));

    private final Map<String, Proxy> byScheme;
    private final Bypass bypass;

    private Proxies(Map<String, Proxy> byScheme, Bypass bypass) {
        this.byScheme = Map.copyOf(byScheme);
        this.bypass = bypass;
    }

    /**
     * A proxy.
     *
     * @param host its name or address
     * @param port its port
     * @param authorization the header's value that it is sent; a secret
     */
    record Proxy(String host, int port, Optional<String> authorization) {
        InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Returns no proxies. */
    public static Proxies none() {
        return NONE;
    }

    /**
     * Returns the proxies that an environment names.
     *
     * @throws ConvertException naming the variable, without its password, if it isn't a proxy's address
     */
    public static Proxies of(Map<String, String> environment) throws ConvertException {
        Map<String, Proxy> byScheme = new LinkedHashMap<>();
        for (String scheme : new String[] {"http", "https"}) {
            for (String variable : new String[] {scheme + "_proxy", "all_proxy"}) {
                for (String name : new String[] {variable, variable.toUpperCase(Locale.ROOT)}) {
                    String value = environment.getOrDefault(name, "").strip();
                    if (!value.isEmpty() && !byScheme.containsKey(scheme)) {
                        byScheme.put(scheme, proxy(name, value));
                    }
                }
            }
        }
        String without = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
        return byScheme.isEmpty() ? NONE : new Proxies(byScheme, Bypass.of(without));
    }

    private static Proxy proxy(String variable, String value) throws ConvertException {
        URI address;
        try {
            address = new URI(value.contains("://") ? value : "http://" + value);
        } catch (URISyntaxException e) {
            throw new ConvertException(variable + EXPECTED); // without e, which shows a password
        }
        if (!"http".equalsIgnoreCase(address.getScheme())) {
            throw new ConvertException(variable + " begins with " + address.getScheme() + "://" + EXPECTED);
        }
        if (address.getHost() == null || !WebAddress.hasValidPort(address)) {
            throw new ConvertException(variable + EXPECTED);
        }
        int port = address.getPort() < 0 ? 80 : address.getPort();
        return new Proxy(address.getHost(), port, authorization(address.getRawUserInfo()));
    }

    private static Optional<String> authorization(@Nullable String user) {
        if (user == null || user.isEmpty()) {
            return Optional.empty();
        }
        String plain = URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns whether the environment names none, so that the virtual machine's own settings hold. */
    boolean isEmpty() {
        return byScheme.isEmpty();
    }

    /** Returns the proxy for an address. */
    Optional<Proxy> of(URI address) {
        String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
        Proxy proxy = byScheme.get(scheme);
        String host = address.getHost();
        if (proxy == null || host == null) {
            return Optional.empty();
        }
        int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
        return bypass.holds(host, port) ? Optional.empty() : Optional.of(proxy);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Proxies that && byScheme.equals(that.byScheme) && bypass.equals(that.bypass);
    }

    @Override
    public int hashCode() {
        return Objects.hash(byScheme, bypass);
    }

    /** Returns the proxies without their passwords. */
    @Override
    public String toString() {
        return byScheme.toString();
    }
}
