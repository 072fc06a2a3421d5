package glimpse.service.chaos;

import java.time.Duration;

/** What a {@link FaultProxy} does to the bytes that it carries. */
sealed interface Fault {
    /** The network is as it should be. */
    Fault NONE = new None();

    /** Nothing. */
    record None() implements Fault {}

    /** Delays every piece, by a random time. */
    record Latency(Duration least, Duration jitter) implements Fault {}

    /** Lets so many bytes through per second. */
    record Bandwidth(int bytesPerSecond) implements Fault {}

    /** Cuts the stream into pieces with a pause after each. */
    record Slicer(int bytes, Duration pause) implements Fault {}

    /** Resets every connection, and new ones with their first byte. */
    record Reset() implements Fault {}

    /** Holds everything back until the fault ends, then delivers it. */
    record Stall() implements Fault {}

    /** Swallows everything. Connections that were open meanwhile stay dead without a sign when the fault has ended. */
    record BlackHole() implements Fault {}
}
