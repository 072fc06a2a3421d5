package glimpse.service.chaos;

import glimpse.service.chaos.ChildProcess.Resources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Attacks a real edge and a real server under load: network faults between them, and a server that is killed, stopped
 * and restarted. Every image must have exactly one answer within the edge's deadline, and when a fault is over the
 * server must be used again soon. Arguments: the program, a folder to work in, kills, minutes of network faults alone,
 * a seed.
 */
final class ServiceChaos {
    /** What may be added to the deadline, beside the longest time that the machine kept a thread waiting. */
    private static final Duration TOLERANCE = Duration.ofMillis(250);

    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20); // to tell slow from never
    private static final Duration CALM = Duration.ofMillis(500); // between faults
    private static final Duration BETWEEN_IMAGES = Duration.ofMillis(25);
    private static final List<Fault> FAULTS = List.of(
            new Fault.Latency(Duration.ofMillis(40), Duration.ofMillis(80)),
            new Fault.Bandwidth(4000),
            new Fault.Slicer(64, Duration.ofMillis(2)),
            new Fault.Reset(),
            new Fault.Stall(),
            new Fault.BlackHole());
    private static final List<String> ATTACKS = List.of("KILL", "STOP", "TERM");

    private final Scene scene;
    private final AnswerTail answers;
    private final Findings findings = new Findings();
    private final Random random;
    private final Stalls stalls = Stalls.watch();

    private ServiceChaos(Scene scene, Random random) {
        this.scene = scene;
        this.answers = new AnswerTail(scene.answers());
        this.random = random;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path work = Path.of(arguments[1]);
        int kills = Integer.parseInt(arguments[2]);
        Duration alone = Duration.ofSeconds((long) (Double.parseDouble(arguments[3]) * 60));
        long seed = Long.parseLong(arguments[4]);
        boolean good;
        try (Scene scene = new Scene(arguments[0], work, seed)) {
            good = new ServiceChaos(scene, new Random(seed)).run(work, kills, alone, seed);
        }
        System.exit(good ? 0 : 1);
    }

    private boolean run(Path work, int kills, Duration alone, long seed) throws IOException, InterruptedException {
        ImageFeed feed = ImageFeed.start(work, scene.folder(), BETWEEN_IMAGES, seed);
        recover("the start", PATIENCE);
        for (Fault fault : FAULTS) { // everything has happened once before resources count
            endure(fault);
        }
        Resources edge = scene.edgeResources();
        for (int kill = 1; kill <= kills; kill++) {
            attack(ATTACKS.get(kill % ATTACKS.size()), kill);
            endure(FAULTS.get(random.nextInt(FAULTS.size())));
        }
        Resources server = scene.server().resources();
        for (long start = System.nanoTime(); System.nanoTime() - start < alone.toNanos(); ) {
            endure(FAULTS.get(random.nextInt(FAULTS.size())));
        }
        compare("edge", edge, scene.edgeResources());
        compare("server", server, scene.server().resources());
        feed.stop();
        List<String> images = feed.names();
        awaitAll(images.size());
        return report(images, kills);
    }

    /** Kills or stops the server under load and brings it back. */
    private void attack(String signal, int number) throws IOException, InterruptedException {
        scene.server().signal(signal);
        pause(Duration.ofMillis(500), Duration.ofMillis(4500));
        if (signal.equals("STOP")) {
            scene.server().signal("CONT");
            scene.awaitReady();
        } else {
            scene.restartServer();
        }
        recover("SIG" + signal + ", number " + number, RECOVERY);
    }

    private void endure(Fault fault) throws IOException, InterruptedException {
        scene.network().set(fault);
        pause(Duration.ofMillis(500), Duration.ofMillis(4500));
        scene.network().set(Fault.NONE);
        recover(fault.toString(), RECOVERY);
    }

    private void pause(Duration least, Duration most) throws InterruptedException {
        Thread.sleep(random.nextLong(least.toMillis(), most.toMillis()));
    }

    private void recover(String from, Duration limit) throws IOException, InterruptedException {
        Duration stalled = stalls.total();
        Optional<Duration> after = answers.untilServerAnswers(PATIENCE);
        stalled = stalls.total().minus(stalled);
        if (after.isEmpty()) {
            findings.add("the server wasn't used again within " + PATIENCE + " after " + from);
        } else {
            System.err.println(after.get().toMillis() + " ms until the server was used again after " + from);
            if (limit.equals(RECOVERY)) {
                findings.recovered(after.get());
            }
            if (after.get().compareTo(limit.plus(stalled)) > 0) {
                findings.add("the server was used again " + after.get().toMillis() + " ms after " + from
                        + "; the machine stalled for " + stalled.toMillis() + " ms");
            }
        }
        Thread.sleep(CALM);
        if (!scene.edgeIsAlive()) {
            throw new IOException("the edge has ended after " + from);
        }
    }

    private void compare(String who, Resources before, Resources now) {
        System.err.println(who + ": " + before + " before, " + now + " now");
        if (now.hasGrownSince(before)) {
            findings.add("the " + who + " has grown from " + before + " to " + now);
        }
    }

    private void awaitAll(int images) throws IOException, InterruptedException {
        long start = System.nanoTime();
        for (int seen = 0; seen < images && System.nanoTime() - start < PATIENCE.toNanos(); Thread.sleep(CALM)) {
            int now = answers.all().size();
            if (now > seen) {
                seen = now;
                start = System.nanoTime();
            }
        }
        Thread.sleep(Duration.ofMillis(500)); // for what would be too much
    }

    private boolean report(List<String> images, int kills) throws IOException {
        List<Answer> all = answers.all();
        findings.check(images, all, Scene.DEADLINE, TOLERANCE.plus(stalls.longest()));
        double slowest = all.stream().mapToDouble(Answer::millis).max().orElse(0);
        System.out.printf(
                "%d images, %s; slowest answer %.0f ms of %d, longest recovery %d ms, %d attacks on the server;"
                        + " the machine kept a thread waiting for up to %d ms.%n",
                images.size(),
                Findings.sources(all),
                slowest,
                Scene.DEADLINE.toMillis(),
                findings.longestRecovery().toMillis(),
                kills,
                stalls.longest().toMillis());
        System.out.println(
                findings.wrong().isEmpty()
                        ? "Every image has one answer in time; the server was used again within 2 s of every fault."
                        : findings.wrong().size() + " findings.");
        return findings.wrong().isEmpty();
    }
}
