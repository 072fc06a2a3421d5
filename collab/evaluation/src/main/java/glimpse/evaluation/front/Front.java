package glimpse.evaluation.front;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What every method reaches with every budget. Immutable.
 *
 * @param images number of images that points are measured on
 * @param measuredOn those images, in words
 * @param chosenOn the images that points are chosen on, in words
 * @param edgeTop1 accuracy of the edge alone on the images that points are measured on
 * @param servers the servers; the paper's is the first
 * @param rows the answers
 */
public record Front(
        int images, String measuredOn, String chosenOn, double edgeTop1, List<Server> servers, List<FrontRow> rows) {
    /** Copies the lists. */
    public Front {
        servers = List.copyOf(servers);
        rows = List.copyOf(rows);
    }

    /**
     * A server.
     *
     * @param name its name
     * @param wholeTop1 its accuracy on whole images
     */
    public record Server(String name, double wholeTop1) {}

    /** Returns the paper's method: the patches with the highest attention, a gate, and the first server. */
    public Method paper() {
        return new Method(Family.ATTENTION, "", servers.getFirst().name(), true);
    }

    /** Returns a method's name for people. */
    public String name(Method method) {
        return method.equals(paper()) ? "the paper's method" : method.name();
    }

    /** Returns the questions, each once, in their order. */
    public List<Question> questions() {
        return rows.stream().map(FrontRow::question).distinct().toList();
    }

    /** Returns the methods, each once, in their order. */
    public List<Method> methods() {
        return rows.stream().map(FrontRow::method).distinct().toList();
    }

    /** Returns all answers to a question. */
    public List<FrontRow> answers(Question question) {
        return rows.stream().filter(row -> row.question().equals(question)).toList();
    }

    /** Returns a method's answer to a question; empty if none of its points fits. */
    public Optional<FrontRow> answer(Question question, Method method) {
        return answers(question).stream()
                .filter(row -> row.method().equals(method))
                .findFirst();
    }

    /** Returns the best answer by whole images, all sent or with a gate; empty if there is none. */
    public Optional<FrontRow> bestWhole(Question question, boolean gated) {
        return best(answers(question).stream()
                .filter(row -> row.method().family().isWhole() && row.method().gated() == gated)
                .toList());
    }

    /**
     * Returns the answers to a question, with every image sent, of methods whose measured accuracy reaches the one
     * asked.
     */
    private List<FrontRow> reached(Question.Reaching question) {
        return answers(question).stream()
                .filter(row -> !row.method().gated() && row.reached().isPresent())
                .toList();
    }

    /**
     * Returns the patches, of which every image's are sent, that reach an accuracy with the least where points were
     * chosen; empty if none do.
     */
    public Optional<FrontRow> leastPatches(Question.Reaching question) {
        return reached(question).stream()
                .filter(row -> !row.method().family().isWhole())
                .min(Comparator.comparingDouble(row -> row.there().of(question.measure())));
    }

    /**
     * Returns the whole images to a server, all of them sent, that reach an accuracy with the least where they are
     * measured, which favours them; empty if none do.
     */
    public Optional<FrontRow> leastWhole(Question.Reaching question, Server server) {
        return reached(question).stream()
                .filter(row ->
                        row.method().family().isWhole() && row.method().server().equals(server.name()))
                .min(Comparator.comparingDouble(FrontRow::amount));
    }

    /** Returns the answer that was best on the images that points were chosen on; the first of equal ones. */
    public static Optional<FrontRow> best(List<FrontRow> answers) {
        Comparator<FrontRow> cheapest =
                Comparator.comparingDouble(row -> row.there().of(row.question().measure()));
        return answers.stream()
                .max(Comparator.<FrontRow>comparingDouble(row -> row.there().top1())
                        .thenComparing(cheapest.reversed()));
    }
}
