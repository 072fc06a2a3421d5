package glimpse.convert.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses of the web as users write them. */
public final class WebAddress {
    private static final int MOST_PORT = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*", Pattern.DOTALL);

    private WebAddress() {}

    /** Returns whether a text is meant as an address, though its scheme may be another. */
    public static boolean matches(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException saying why, and nothing of the address, if it isn't one of http or https, or
     *     holds a user's name or password
     */
    public static URI parse(String text) {
        URI address;
        try {
            address = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not a web address, expected http://HOST/PATH with special characters escaped");
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null) {
            throw new IllegalArgumentException("not a web address, expected http:// or https://");
        }
        if (!hasValidPort(address)) {
            throw new IllegalArgumentException("has port " + address.getPort() + ", expected 1.." + MOST_PORT);
        }
        if (address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("holds a user's name or password, expected an address without");
        }
        return address;
    }

    /** Returns whether an address has a port that exists, or none. */
    public static boolean hasValidPort(URI address) {
        return address.getPort() == -1 || (address.getPort() > 0 && address.getPort() <= MOST_PORT);
    }

    /**
     * Returns an address as messages and results show it: without what may be a secret, in user, query and fragment.
     */
    public static String shown(URI address) {
        return shown(address.toString());
    }

    /** Returns the same of a text that may be no address. */
    public static String shown(String text) {
        int path = text.indexOf("://") + 3;
        int end = endOf(text, path, "/?#\\");
        int user = text.lastIndexOf('@', end);
        String rest = user > path ? text.substring(user + 1) : text.substring(path);
        String scheme = text.substring(0, path) + (user > path ? "...@" : "");
        int secret = endOf(rest, 0, "?#");
        return scheme + rest.substring(0, secret) + (rest.startsWith("?", secret) ? "?..." : "");
    }

    private static int endOf(String text, int from, String marks) {
        int at = from;
        while (at < text.length() && marks.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
