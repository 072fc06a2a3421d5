package glimpse.bench.clients;

import glimpse.engine.Capture;
import glimpse.engine.PatchSequence;
import glimpse.engine.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Clients that run passes in a loop, each on a thread and a session of its own.
 *
 * @param name of this kind of clients
 * @param threads makes a client's thread
 * @param sessions one per client
 */
record Clients(String name, Thread.Builder threads, List<Session> sessions) {
    /**
     * Runs all clients at once for some time.
     *
     * @return how long the passes took, waits for other clients included
     */
    Latencies run(PatchSequence input, int seconds) throws InterruptedException {
        List<Client> clients = sessions.stream().map(Client::new).toList();
        long begin = System.nanoTime();
        long end = begin + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> running = new ArrayList<>();
        for (Client client : clients) {
            running.add(threads.start(() -> client.run(input, end)));
        }
        for (Thread thread : running) {
            thread.join();
        }
        long nanos = System.nanoTime() - begin;
        return new Latencies(
                clients.stream()
                        .flatMap(client -> client.nanos.stream())
                        .sorted()
                        .toList(),
                nanos);
    }

    private static final class Client {
        private final Session session;
        private final List<Long> nanos = new ArrayList<>();

        Client(Session session) {
            this.session = session;
        }

        void run(PatchSequence input, long end) {
            long begin = System.nanoTime();
            while (begin < end) {
                session.forward(input, Capture.none());
                long now = System.nanoTime();
                nanos.add(now - begin);
                begin = now;
            }
        }
    }
}
