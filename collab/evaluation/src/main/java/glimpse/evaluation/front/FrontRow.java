package glimpse.evaluation.front;

import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.Optional;

/**
 * A method's answer to a question: the point that was chosen, and how it fares. Immutable.
 *
 * @param question what it was chosen for
 * @param method the method
 * @param point the chosen point
 * @param there on the images that it was chosen on
 * @param here on the images that it is measured on
 * @param interval 95 % interval of the accuracy there is among images such as these
 * @param fromPaper how far the accuracy is above that of the paper's method with the same budget; empty for that method
 *     itself, or if there is none
 * @param fromWhole how far it is above that of the best whole image with the same budget
 * @param reached what it takes until the method's measured accuracy reaches the one asked for; empty if it doesn't, or
 *     if a budget was asked for
 */
public record FrontRow(
        Question question,
        Method method,
        OperatingPoint point,
        Figures there,
        Figures here,
        Interval interval,
        Optional<Difference> fromPaper,
        Optional<Difference> fromWhole,
        Optional<Reached> reached) {
    /** Makes a row before it is compared with others. */
    static FrontRow uncompared(
            Question question,
            Method method,
            OperatingPoint point,
            Figures there,
            Figures here,
            Optional<Reached> reached) {
        return new FrontRow(
                question, method, point, there, here, new Interval(0, 1), Optional.empty(), Optional.empty(), reached);
    }

    /** Returns the row with what comparing it gave. */
    FrontRow compared(
            Interval accuracy, Optional<Difference> paper, Optional<Difference> whole, Optional<Reached> takes) {
        return new FrontRow(question, method, point, there, here, accuracy, paper, whole, takes);
    }

    /** Returns what reaching the accuracy takes; infinite if the method doesn't reach it. */
    double amount() {
        return reached.map(Reached::amount).orElse(Double.POSITIVE_INFINITY);
    }
}
