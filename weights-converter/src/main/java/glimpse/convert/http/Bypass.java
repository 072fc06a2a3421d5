package glimpse.convert.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts that NO_PROXY names, separated by commas: a domain with all that is below it ({@code example.com} or
 * {@code .example.com}), a host and port, an IPv4 address or network ({@code 10.0.0.0/8}), an IPv6 address, or
 * {@code *} for all.
 *
 * @param entries in lower case
 */
record Bypass(List<String> entries) {
    private static final Pattern IPV4 =
            Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})(?:/([0-9]{1,2}))?");

    static Bypass of(String variable) {
        return new Bypass(Arrays.stream(variable.toLowerCase(Locale.ROOT).split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /** Returns whether a host is asked without a proxy. */
    boolean holds(String host, int port) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]|\\.$", "");
        return entries.stream().anyMatch(entry -> holds(entry, name, port));
    }

    private static boolean holds(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        Matcher address = IPV4.matcher(host);
        Matcher network = IPV4.matcher(entry);
        if (address.matches() && network.matches() && network.group(5) != null) {
            int bits = Integer.parseInt(network.group(5));
            return bits <= 32 && bits(address) >>> (32 - bits) == bits(network) >>> (32 - bits);
        }
        String domain =
                entry.startsWith("*.") ? entry.substring(2) : entry.startsWith(".") ? entry.substring(1) : entry;
        String suffix = ":" + port;
        if (domain.endsWith(suffix)
                && (domain.indexOf(':') == domain.length() - suffix.length() || domain.contains("]"))) {
            domain = domain.substring(0, domain.length() - suffix.length());
        }
        domain = domain.replaceAll("[\\[\\]]", "");
        return host.equals(domain) || (host.endsWith("." + domain) && !address.matches());
    }

    /** Returns an address as the low 32 bits of a number, so that shifting all of them out leaves 0. */
    private static long bits(Matcher address) {
        long bits = 0;
        for (int i = 1; i <= 4; i++) {
            bits = bits << 8 | (Integer.parseInt(address.group(i)) & 0xff);
        }
        return bits;
    }
}
