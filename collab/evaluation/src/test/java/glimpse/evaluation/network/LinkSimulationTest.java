package glimpse.evaluation.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import glimpse.evaluation.network.Link.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkSimulationTest {
    private static final Optional<Double> UNKNOWN = Optional.empty();

    @Test
    void anExchangeTakesARoundTripAndTheTimeOfItsBits() {
        Transfer transfer = simulation(800, 1600, 40, 0).exchange("dog", 900, 400);
        // one packet of 1,000 bytes at 100 bytes/ms, one of 500 at 200
        assertThat(transfer.sendingMillis()).isEqualTo(10);
        assertThat(transfer.receivingMillis()).isEqualTo(2.5);
        assertThat(transfer.radioMillis()).isEqualTo(12.5);
        assertThat(transfer.latencyMillis()).isEqualTo(52.5);
        assertThat(transfer.packets()).isEqualTo(2);
        assertThat(transfer.resent()).isZero();
    }

    @Test
    void everyPacketHasAHeader() {
        Transfer transfer = simulation(800, 800, 0, 0).exchange("dog", 1801, 1);
        assertThat(transfer.packets()).isEqualTo(4);
        assertThat(transfer.sendingMillis()).isEqualTo((1801 + 300) / 100.0);
        assertThat(transfer.receivingMillis()).isEqualTo(101 / 100.0);
    }

    @Test
    void aLongMessageWaitsForItsWindowToOpen() {
        // 70 packets of 10 ms: 10, 20 and 40 in rounds of a window that doubles
        Transfer slow = simulation(800, 800, 1000, 0).exchange("dog", 70 * 900, 0);
        assertThat(slow.latencyMillis()).isCloseTo(1000 + 1000 + 400 + 1000, within(1e-9));
        // a window that takes longer than the round trip leaves no gap
        Transfer busy = simulation(800, 800, 90, 0).exchange("dog", 70 * 900, 0);
        assertThat(busy.latencyMillis()).isCloseTo(700 + 90, within(1e-9));
    }

    @Test
    void nothingSentTakesNoTime() {
        assertThat(simulation(1, 1, 500, 0.5).exchange("dog", 0, 0)).isEqualTo(Transfer.NONE);
    }

    @Test
    void everyLostPacketIsResent() {
        LinkSimulation simulation = simulation(800, 800, 20, 0.2);
        long packets = 0;
        long resent = 0;
        for (int image = 0; image < 2000; image++) {
            Transfer transfer = simulation.exchange("image" + image, 45_000, 45);
            packets += transfer.packets();
            resent += transfer.resent();
            assertThat(transfer.packets() - transfer.resent()).isEqualTo(51);
            assertThat(transfer.sendingMillis()).isGreaterThanOrEqualTo(500);
        }
        assertThat((double) resent / packets).isCloseTo(0.2, within(0.005));
    }

    @Test
    void lossCostsTime() {
        double without = simulation(800, 800, 50, 0).exchange("dog", 90_000, 45).latencyMillis();
        List<Double> with = latencies(simulation(800, 800, 50, 0.05), 200);
        assertThat(with).allMatch(latency -> latency >= without);
        assertThat(Distribution.of(with).mean()).isGreaterThan(without * 1.03);
    }

    @Test
    void anImagesTimeDependsOnSeedAndNameAlone() {
        LinkSimulation simulation = simulation(800, 800, 50, 0.1);
        List<Double> forwards = latencies(simulation, 50);
        List<Double> backwards = new ArrayList<>();
        for (int image = 49; image >= 0; image--) {
            backwards.add(simulation.exchange("image" + image, 90_000, 45).latencyMillis());
        }
        Collections.reverse(backwards);
        assertThat(backwards).isEqualTo(forwards);
        assertThat(latencies(new LinkSimulation(simulation.link(), 8), 50)).isNotEqualTo(forwards);
        assertThat(forwards.stream().distinct().count()).isGreaterThan(5);
    }

    @Test
    void energyIsPowerTimesTimeOnTheAirWhereItIsKnown() {
        Transfer transfer = new Transfer(1000, 200, 50, 9, 0);
        assertThat(transfer.radioMillijoules(Links.wifi())).isCloseTo(0.2 * 660 + 0.05 * 207.9, within(1e-9));
        assertThat(transfer.radioMillijoules(simulation(1, 1, 1, 0).link())).isNaN();
    }

    @Test
    void fewerBytesTakeLessTimeOnEveryPreset() {
        for (Link link : Links.presets()) {
            LinkSimulation simulation = new LinkSimulation(link, 1);
            List<Double> few = IntStream.range(0, 50)
                    .mapToObj(i -> simulation.exchange("i" + i, 7_000, 49).latencyMillis())
                    .toList();
            List<Double> many = IntStream.range(0, 50)
                    .mapToObj(i -> simulation.exchange("i" + i, 150_528, 49).latencyMillis())
                    .toList();
            assertThat(Distribution.of(few).p95())
                    .isLessThan(Distribution.of(many).p50());
        }
    }

    @Test
    void datagramsAreSentOnceWhetherTheyArriveOrNot() {
        Transfer transfer = simulation(800, 1600, 40, 0.5).once(2000, 372, 3);
        // 2,000 bytes at 100 bytes/ms, 372 and 28 of headers at 200
        assertThat(transfer).isEqualTo(new Transfer(62, 20, 2, 4, 0));
        assertThat(simulation(800, 1600, 40, 0).once(2000, 0, 3)).isEqualTo(new Transfer(60, 20, 0, 3, 0));
    }

    @Test
    void anErasureReplacesTheLossesAndPacketsOfTheWayUp() {
        Link link = simulation(800, 800, 20, 0).link().with(Erasure.parse("loss:0.3:500:5"));
        LinkSimulation simulation = new LinkSimulation(link, 7);
        long packets = 0;
        long resent = 0;
        for (int image = 0; image < 2000; image++) {
            Transfer transfer = simulation.exchange("image" + image, 40_000, 45);
            packets += transfer.packets();
            resent += transfer.resent();
            assertThat(transfer.packets() - transfer.resent()).isEqualTo(101);
        }
        assertThat((double) resent / packets).isCloseTo(0.3, within(0.01));
    }

    /** Nearly all of it is the mean of what is left after the packets that are simulated. */
    @ParameterizedTest
    @CsvSource({"0.99, 0.99, 0.99", "0.9, 0.95, 0.45", "0.999, 0.999, 0.999"})
    void whereNearlyAllIsLostThePacketsThatAreLeftTakeTheirMean(double share, double afterLost, double afterArrived) {
        Link link = simulation(800, 800, 100, 0).link();
        Link lossy = afterLost == share
                ? new Link("", "", new Direction(800, share, UNKNOWN), link.down(), 100, 1000, 100)
                : link.with(new Erasure(share, 1000, Optional.of(1 / (1 - afterLost))));
        LinkSimulation simulation = new LinkSimulation(lossy, 7);
        int count = 3000; // packets of 10 ms
        int images = 30;
        double packets = 0;
        double millis = 0;
        double expectedPackets = 0;
        double expectedMillis = 0;
        Random random = new Random(1);
        for (int image = 0; image < images; image++) {
            Transfer transfer = simulation.exchange("image" + image, 900L * count, 0);
            packets += transfer.packets();
            millis += transfer.latencyMillis();
            assertThat(transfer.packets() - transfer.resent()).isEqualTo(count);
            double lossNext = share;
            int window = 10;
            for (int left = count; left > 0; ) {
                int sent = Math.min(window, left);
                int lost = 0;
                for (int i = 0; i < sent; i++) {
                    boolean isLost = random.nextDouble() < lossNext;
                    lossNext = isLost ? afterLost : afterArrived;
                    lost += isLost ? 1 : 0;
                }
                left -= sent - lost;
                window = lost == 0 ? 2 * window : Math.max(2, window / 2);
                expectedPackets += sent;
                expectedMillis += Math.max(10 * sent, 100);
            }
        }
        assertThat(packets).isCloseTo(expectedPackets, withinPercentage(3));
        assertThat(millis).isCloseTo(expectedMillis, withinPercentage(5));
    }

    @Test
    void longBurstsTakeAsLongOnAverageAsTheyLast() {
        Link link = simulation(800, 800, 100, 0).link().with(Erasure.parse("loss:0.5:1000:1000000"));
        LinkSimulation simulation = new LinkSimulation(link, 7);
        long most = LinkSimulation.MOST_RESENT + 999_999;
        List<Long> resent = IntStream.range(0, 100)
                .mapToObj(i -> simulation.exchange("image" + i, 900, 0).resent())
                .toList();
        assertThat(resent).allMatch(count -> count < LinkSimulation.MOST_RESENT || count == most);
        assertThat(resent.stream().filter(count -> count == most).count()).isBetween(30L, 70L);
    }

    @Test
    void bytesBelowZeroAreRefused() {
        assertThatThrownBy(() -> simulation(1, 1, 1, 0).exchange("dog", -1, 0)).hasMessageContaining("-1 and 0 bytes");
    }

    /** Returns a simulation with packets of 1,000 bytes, 100 of them headers. */
    private static LinkSimulation simulation(
            double upKilobits, double downKilobits, double roundTripMillis, double loss) {
        return new LinkSimulation(
                new Link(
                        "test",
                        "made up",
                        new Direction(upKilobits, loss, UNKNOWN),
                        new Direction(downKilobits, loss, UNKNOWN),
                        roundTripMillis,
                        1000,
                        100),
                7);
    }

    private static List<Double> latencies(LinkSimulation simulation, int images) {
        return IntStream.range(0, images)
                .mapToObj(i -> simulation.exchange("image" + i, 90_000, 45).latencyMillis())
                .toList();
    }
}
