package glimpse.service.connection;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections and requests each address holds; addresses without any aren't kept. Thread-safe. */
final class PeerCounts {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final Map<InetAddress, Count> counts = new ConcurrentHashMap<>();

    private record Count(int connections, int requests) {}

    /** Returns what an address is counted under: an IPv6 client owns its whole /64 network. */
    static InetAddress peer(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] network = address.getAddress();
        Arrays.fill(network, IPV6_NETWORK_BYTES, network.length, (byte) 0);
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** Counts a connection and returns how many the peer has now. */
    int addConnections(InetAddress peer, int change) {
        return add(peer, change, 0).connections;
    }

    /** Counts a request and returns how many the peer has now. */
    int addRequests(InetAddress peer, int change) {
        return add(peer, 0, change).requests;
    }

    /** Returns the number of addresses that hold anything. */
    int peers() {
        return counts.size();
    }

    private Count add(InetAddress peer, int connections, int requests) {
        Count now = counts.merge(
                peer,
                new Count(connections, requests),
                (count, more) -> new Count(count.connections + more.connections, count.requests + more.requests));
        if (now.connections == 0 && now.requests == 0) {
            counts.remove(peer, now);
        }
        return now;
    }
}
