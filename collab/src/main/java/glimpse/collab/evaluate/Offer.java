package glimpse.collab.evaluate;

import glimpse.collab.codec.Answer;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.data.Dataset;
import glimpse.collab.evaluate.DecodeAhead.Decoded;
import glimpse.collab.gate.ClassProbability;
import glimpse.collab.node.Observation;
import glimpse.collab.node.ServerReply;
import glimpse.collab.select.KeptPatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the edge offers the server of one image: what each run keeps, and one exchange for each different set of patches
 * among them. One thread at a time.
 */
final class Offer {
    private final Decoded.Patches decoded;
    private final Observation observation;
    private final Dataset images;
    private final List<Choice> choices; // [runs]

    /** What a run keeps, and the exchange that it shares with runs that keep the same. */
    private record Choice(KeptPatches kept, Exchange exchange) {}

    private Offer(Decoded.Patches decoded, Observation observation, Dataset images, List<Choice> choices) {
        this.decoded = decoded;
        this.observation = observation;
        this.images = images;
        this.choices = choices;
    }

    static Offer of(Decoded.Patches decoded, Observation observation, Dataset images, EvaluationPlan plan, int grid) {
        Map<List<Integer>, Exchange> exchanges = new LinkedHashMap<>(); // by positions
        List<Choice> choices = new ArrayList<>();
        for (Selector run : plan.runs()) {
            KeptPatches kept = run.selection().select(observation.scores(run.score()), images.name(decoded.index()));
            List<Integer> positions = IntStream.of(kept.positions()).boxed().toList();
            Exchange exchange = exchanges.computeIfAbsent(
                    positions,
                    key -> new Exchange(PatchRequest.of(
                                    decoded.index(), grid, decoded.patches().select(kept.positions()), plan.codec())
                            .encode()));
            choices.add(new Choice(kept, exchange));
        }
        return new Offer(decoded, observation, images, choices);
    }

    /** The exchanges to be made, each once. */
    Collection<Exchange> exchanges() {
        return choices.stream().map(Choice::exchange).distinct().toList();
    }

    /** The image's row, once every exchange has its reply. */
    ImageRow row() throws IOException {
        int index = decoded.index();
        List<ServerRun> runs = new ArrayList<>();
        try {
            for (Choice choice : choices) {
                runs.add(run(choice));
            }
        } catch (ServerReply.RefusedException e) {
            return new ImageRow.Failed(index, images.name(index), images.label(index), "" + e.getMessage());
        }
        return new ImageRow.Evaluated(
                index,
                images.name(index),
                images.label(index),
                decoded.fileBytes(),
                indices(observation.probabilities().top(Answer.USUAL_CLASSES)),
                observation.probabilities().confidence(),
                runs);
    }

    private ServerRun run(Choice choice) throws IOException {
        Exchange exchange = choice.exchange();
        Answer answer = ServerReply.answer(decoded.index(), exchange.reply());
        double minEntropyBits = -Math.log(answer.top().getFirst().probability()) / Math.log(2);
        return new ServerRun(
                choice.kept().count(),
                choice.kept().leastScore(),
                choice.kept().sumOfScores(),
                exchange.request().length,
                exchange.reply().length,
                indices(answer.top()),
                minEntropyBits + 0.0); // turns the -0.0 of a certain answer into 0.0
    }

    private static List<Integer> indices(List<ClassProbability> top) {
        return top.stream().map(ClassProbability::index).toList();
    }
}
