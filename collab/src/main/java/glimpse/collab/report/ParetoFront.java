package glimpse.collab.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The points that no other beats: none costs as little or less and is more accurate, or costs less and is as accurate. */
final class ParetoFront {
    /** How far below the server's accuracy the chosen point may lie. */
    private static final double TOLERANCE = 0.003;

    private ParetoFront() {}

    /** The front, cheapest first; of equal points the first. */
    static List<OperatingPoint> of(List<OperatingPoint> points) {
        List<OperatingPoint> sorted = new ArrayList<>(points);
        sorted.sort(Comparator.comparingDouble(OperatingPoint::cost)
                .thenComparing(Comparator.comparingDouble(OperatingPoint::collaborative)
                        .reversed()));
        List<OperatingPoint> front = new ArrayList<>();
        for (OperatingPoint point : sorted) {
            if (front.isEmpty() || point.collaborative() > front.getLast().collaborative()) {
                front.add(point);
            }
        }
        return front;
    }

    /**
     * The cheapest point whose accuracy is at most 0.3 points below the server's on whole images; where none is, or the
     * server wasn't run on whole images, the most accurate.
     */
    static OperatingPoint chosen(List<OperatingPoint> points) {
        List<OperatingPoint> front = of(points);
        return front.stream()
                .filter(point -> point.collaborative() >= point.serverWhole() - TOLERANCE)
                .findFirst()
                .orElse(front.getLast());
    }
}
