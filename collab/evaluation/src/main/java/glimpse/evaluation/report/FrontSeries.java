package glimpse.evaluation.report;

import glimpse.evaluation.front.Front;
import glimpse.evaluation.front.FrontRow;
import glimpse.evaluation.front.Measure;
import glimpse.evaluation.front.Method;
import glimpse.evaluation.front.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The points of one method in a chart.
 *
 * @param method the method
 * @param paper whether it is the paper's
 * @param upload the index of what is sent among that of all methods, which gives the colour
 * @param server the index of the server, which gives the marks' shape
 * @param points what was chosen for the budgets, each point once, by communication
 */
record FrontSeries(Method method, boolean paper, int upload, int server, List<FrontRow> points) {
    FrontSeries {
        points = List.copyOf(points);
    }

    /** Returns the methods that have a point, the paper's last, so that it is drawn over the others. */
    static List<FrontSeries> of(Front front, Measure measure) {
        List<String> uploads = uploads(front);
        List<String> servers = front.servers().stream().map(Front.Server::name).toList();
        List<FrontSeries> all = new ArrayList<>();
        for (Method method : front.methods()) {
            List<FrontRow> points = new ArrayList<>();
            for (FrontRow row : front.rows()) {
                boolean same = points.stream().anyMatch(other -> other.point().equals(row.point()));
                if (row.method().equals(method)
                        && row.question() instanceof Question.Within
                        && row.question().measure() == measure
                        && row.here().of(measure) > 0
                        && !same) {
                    points.add(row);
                }
            }
            points.sort(Comparator.comparingDouble(row -> row.here().of(measure)));
            if (!points.isEmpty()) {
                boolean paper = method.equals(front.paper());
                FrontSeries series = new FrontSeries(
                        method, paper, uploads.indexOf(method.upload()), servers.indexOf(method.server()), points);
                all.add(series);
            }
        }
        all.sort(Comparator.comparing(FrontSeries::paper));
        return all;
    }

    /** Returns what the methods send, each once. */
    static List<String> uploads(Front front) {
        return front.methods().stream().map(Method::upload).distinct().toList();
    }
}
