package glimpse.collab.channel;

import java.util.Arrays;
import java.util.List;

/** Servers for tests. */
final class Replies {
    private Replies() {}

    /** Each reply is its request, then as many zeros. */
    static List<byte[]> twiceAsLong(List<byte[]> requests) {
        return requests.stream()
                .map(request -> Arrays.copyOf(request, request.length * 2))
                .toList();
    }
}
