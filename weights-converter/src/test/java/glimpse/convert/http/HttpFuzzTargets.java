package glimpse.convert.http;

import glimpse.convert.error.ConvertException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The readers of addresses, and of the variables that name proxies. */
public final class HttpFuzzTargets implements FuzzTargets {
    private static final List<URI> ADDRESSES = List.of(
            URI.create("http://example.org/a"),
            URI.create("https://sub.example.org:8443/"),
            URI.create("http://10.1.2.3/"),
            URI.create("https://[::1]/"));

    /** Makes the list; called by the service loader. */
    public HttpFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("web-address", HttpFuzzTargets::address, IllegalArgumentException.class),
                FuzzTarget.of("proxies", HttpFuzzTargets::proxies, ConvertException.class));
    }

    private static void address(byte[] input) {
        String text = Texts.of(input);
        if (WebAddress.matches(text)) {
            WebAddress.shown(text);
            URI address = WebAddress.parse(text);
            URI shown = URI.create(WebAddress.shown(address));
            Texts.requireEqual(address.getHost(), shown.getHost());
            Texts.requireEqual(true, shown.getRawFragment() == null);
        }
    }

    /** A proxy, and on the next line the hosts without one. */
    private static void proxies(byte[] input) throws ConvertException {
        String[] lines = Texts.of(input).split("\n", 2);
        Proxies proxies = Proxies.of(Map.of("all_proxy", lines[0], "no_proxy", lines[lines.length - 1]));
        for (URI address : ADDRESSES) {
            proxies.of(address)
                    .ifPresent(proxy -> Texts.requireEqual(true, proxy.port() > 0 && proxy.port() < 1 << 16));
        }
    }
}
