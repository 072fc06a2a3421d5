package glimpse.collab.evaluate;

import glimpse.collab.codec.Answer;
import glimpse.collab.codec.PatchRequest;
import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.data.Dataset;
import glimpse.collab.evaluate.DecodeAhead.Decoded;
import glimpse.collab.gate.ClassProbability;
import glimpse.collab.node.Observation;
import glimpse.collab.node.ServerReply;
import glimpse.collab.select.KeptPatches;
import glimpse.engine.image.PixelPatches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

    /** What a run keeps, the exchange that it shares with runs that send the same, and the bytes that it takes. */
    private record Choice(KeptPatches kept, Exchange exchange, int upBytes) {}

    /** What makes two requests the same: which patches, and what was done to their pixels. */
    private record Content(List<Integer> positions, String form) {}

    private Offer(Decoded.Patches decoded, Observation observation, Dataset images, List<Choice> choices) {
        this.decoded = decoded;
        this.observation = observation;
        this.images = images;
        this.choices = choices;
    }

    static Offer of(Decoded.Patches decoded, Observation observation, Dataset images, EvaluationPlan plan, int grid) {
        Requests requests = new Requests(decoded, grid);
        List<Choice> choices = new ArrayList<>();
        for (Sending run : plan.runs()) {
            choices.add(
                    switch (run) {
                        case Sending.Patches(Selector selector, PayloadCodec codec) -> {
                            KeptPatches kept = selector.selection()
                                    .select(observation.scores(selector.score()), images.name(decoded.index()));
                            Exchange exchange = requests.of(kept, codec);
                            yield new Choice(kept, exchange, exchange.request().length);
                        }
                        case Sending.WholeFile(FileFormat format) -> {
                            KeptPatches all =
                                    Selector.WHOLE.selection().select(observation.scores(Selector.WHOLE.score()), "");
                            FileFormat.Encoded file = format.encode(decoded.patches());
                            yield new Choice(all, requests.of(file, format), file.bytes());
                        }
                    });
        }
        return new Offer(decoded, observation, images, choices);
    }

    /** The requests of one image, each once. */
    private static final class Requests {
        private final Decoded.Patches decoded;
        private final int grid;
        private final Map<Content, Exchange> exchanges = new HashMap<>();

        Requests(Decoded.Patches decoded, int grid) {
            this.decoded = decoded;
            this.grid = grid;
        }

        Exchange of(KeptPatches kept, PayloadCodec codec) {
            Content content = new Content(IntStream.of(kept.positions()).boxed().toList(), codec.spec());
            return exchanges.computeIfAbsent(
                    content, key -> request(decoded.patches().select(kept.positions()), codec));
        }

        /** What the server sees of a file is sent as it is: an answer, not a way to send. */
        Exchange of(FileFormat.Encoded file, FileFormat format) {
            List<Integer> all =
                    IntStream.range(0, file.decoded().patches()).boxed().toList();
            String form = format.lossless() ? PayloadCodec.raw().spec() : "file/" + format.spec();
            return exchanges.computeIfAbsent(
                    new Content(all, form), key -> request(file.decoded(), PayloadCodec.raw()));
        }

        private Exchange request(PixelPatches patches, PayloadCodec codec) {
            return new Exchange(
                    PatchRequest.of(decoded.index(), grid, patches, codec).encode());
        }
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
                choice.upBytes(),
                exchange.reply().length,
                indices(answer.top()),
                minEntropyBits + 0.0); // turns the -0.0 of a certain answer into 0.0
    }

    private static List<Integer> indices(List<ClassProbability> top) {
        return top.stream().map(ClassProbability::index).toList();
    }
}
