package glimpse.collab.channel;

import java.util.Arrays;
import java.util.List;

/** Request handlers for tests. */
final class Replies {
    private Replies() {}

    /** Replies with the request followed by as many zeros. */
    static List<byte[]> twiceAsLong(List<byte[]> requests) {
        return requests.stream()
                .map(request -> Arrays.copyOf(request, request.length * 2))
                .toList();
    }
}
