package glimpse.evaluation.run;

import glimpse.collab.channel.Channel;
import glimpse.collab.channel.InProcessChannel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerNode;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to a server in this process that counts what it is sent. */
final class CountedRequests {
    private CountedRequests() {}

    /** Returns a channel that adds each request to a count. */
    static Channel to(Classifier server, AtomicInteger count) {
        ServerNode node = new ServerNode(server);
        return new InProcessChannel(requests -> {
            count.addAndGet(requests.size());
            return node.handle(requests);
        });
    }
}
