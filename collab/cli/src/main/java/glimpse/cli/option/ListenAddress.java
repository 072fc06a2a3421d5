package glimpse.cli.option;

import glimpse.cli.error.UsageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses of this machine that a program listens at. */
public final class ListenAddress {
    /** The highest port. */
    public static final int MOST_PORT = 65_535;

    private ListenAddress() {}

    /**
     * Returns the address of a host.
     *
     * @param option that names the host, for the error
     * @param given the option's value, for the error
     * @throws UsageException if there is no such host
     */
    public static InetSocketAddress of(String option, String given, String host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
        } catch (UnknownHostException e) {
            throw UsageException.invalid(option, given, "an address of this machine");
        }
    }

    /**
     * Checks that a program without protection stays on loopback.
     *
     * @param given the option and its value, for the error
     * @param program what anybody could use
     * @param protection the options that protect it
     * @throws UsageException if other machines reach the address
     */
    public static void requireLoopback(InetSocketAddress address, String given, String program, String protection) {
        if (!address.getAddress().isLoopbackAddress()) {
            throw new UsageException(given + ": anybody who reaches this address could use the " + program + "; add "
                    + protection + ", or say --insecure");
        }
    }
}
