package glimpse.page.view;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.codec.UploadRound;
import glimpse.collab.node.AnsweredRound;
import glimpse.collab.node.EdgeStep;
import glimpse.collab.node.ServerAnswer;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.ClassLabels;
import glimpse.page.picture.ExaminedPicture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an edge step decides about a picture: which patches cross, in which rounds, and what they cost. Immutable. */
public final class DecisionView {
    private final ExaminedPicture picture;
    private final EdgeStep step;
    private final List<SelectedPatches> selections; // what the server has once each round is sent
    private final List<RoundView> rounds; // those that send something
    private final Duration encode;

    /**
     * Takes the step.
     *
     * @param name identifies the picture: a random selection depends on it
     */
    public DecisionView(ExaminedPicture picture, EdgeStep step, String name) {
        long began = System.nanoTime();
        this.picture = picture;
        this.step = step;
        int grid = picture.edge().transformer().config().grid();
        this.selections = step.selectRounds(picture.inspected().result(), grid, picture.patches(), name);
        this.rounds = rounds(picture, step, selections);
        this.encode = Duration.ofNanos(System.nanoTime() - began);
    }

    private static List<RoundView> rounds(ExaminedPicture picture, EdgeStep step, List<SelectedPatches> selections) {
        List<RoundView> rounds = new ArrayList<>();
        SelectedPatches sent = selections.getFirst();
        for (int i = 0; i < selections.size(); i++) {
            SelectedPatches wanted = selections.get(i);
            if (i == 0 || wanted.count() > sent.count()) {
                int[] added = i == 0 ? wanted.positions() : wanted.positionsBeyond(sent);
                rounds.add(RoundView.of(i + 1, picture, added, step.codec(), selections.size() > 1));
                sent = wanted;
            }
        }
        return rounds;
    }

    /** Returns whether the edge's prediction stands and nothing is sent. */
    public boolean confident() {
        return step.keeps(picture.inspected().result());
    }

    /** Returns what the server has once each round is sent. */
    public List<SelectedPatches> selections() {
        return selections;
    }

    /** Returns the decision as long as the server wasn't asked. */
    public Map<String, Object> values(List<PayloadCodec> codecs) {
        return values(codecs, "", ClassLabels.none(), List.of());
    }

    /**
     * Returns the decision. What it says of patches and bytes is about the rounds that the server answered, or the
     * first if it gave no answer; about all of them if it wasn't asked.
     *
     * @param codecs whose bytes are compared
     * @param server the name of its model
     * @param labels of that model
     * @param answered what came of asking it
     */
    public Map<String, Object> values(
            List<PayloadCodec> codecs, String server, ClassLabels labels, List<AnsweredRound> answered) {
        int last = answered.isEmpty() ? selections.size() : standing(answered).number();
        SelectedPatches selected = selections.get(last - 1);
        List<RoundView> sent =
                rounds.stream().filter(round -> round.number() <= last).toList();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("select", step.policy().selection().spec());
        if (selections.size() > 1) {
            step.until().ifPresent(rule -> values.put("until", rule.spec()));
        }
        values.put("gate", step.gate().spec());
        values.put("codec", step.codec().spec());
        values.put("confident", confident());
        values.put("patches", picture.patches().patches());
        values.put("kept", selected.positions());
        values.put("kept_score", selected.sumOfScores());
        values.put("request_bytes", requestBytes(sent, answered));
        values.put("whole_bytes", picture.wholeBytes(step.codec()));
        values.put("bytes", bytes(codecs, sent));
        values.put("encode_millis", Json.millis(encode));
        values.put(
                "rounds",
                rounds.stream().map(round -> round(round, labels, answered)).toList());
        if (!answered.isEmpty()) {
            values.put("server", server(server, labels, answered));
        }
        return values;
    }

    /** Returns the last round that was answered; the first if none was. */
    private static AnsweredRound standing(List<AnsweredRound> answered) {
        boolean failed = answered.getLast().answer() instanceof ServerAnswer.Failed;
        return answered.get(Math.max(0, answered.size() - (failed ? 2 : 1)));
    }

    /** Counts what was sent twice twice. */
    private static long requestBytes(List<RoundView> sent, List<AnsweredRound> answered) {
        Map<Integer, Integer> upBytes = new HashMap<>(); // by round
        answered.forEach(round -> upBytes.put(round.number(), round.upBytes()));
        return sent.stream()
                .mapToLong(round -> Math.max(round.bytes(), upBytes.getOrDefault(round.number(), 0)))
                .sum();
    }

    private Map<String, Object> bytes(List<PayloadCodec> codecs, List<RoundView> sent) {
        int beside = selections.size() > 1 ? UploadRound.BYTES : 0;
        Map<String, Object> bytes = new LinkedHashMap<>();
        for (PayloadCodec codec : codecs) {
            long kept = sent.stream()
                    .mapToLong(round -> picture.requestBytes(round.added(), codec) + beside)
                    .sum();
            bytes.put(codec.spec(), Map.of("kept", kept, "whole", picture.wholeBytes(codec)));
        }
        return bytes;
    }

    private Map<String, Object> round(RoundView round, ClassLabels labels, List<AnsweredRound> answered) {
        Map<String, Object> values = round.values(step.codec().lossy());
        answered.stream()
                .filter(one -> one.number() == round.number())
                .forEach(one -> values.put("server", AnswerView.of(one.answer(), labels, one.exchange())));
        return values;
    }

    /** Returns the answer that stands, and why no later one does if there was to be one. */
    private static Map<String, Object> server(String name, ClassLabels labels, List<AnsweredRound> answered) {
        Duration exchange = answered.stream().map(AnsweredRound::exchange).reduce(Duration.ZERO, Duration::plus);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("model", name);
        AnsweredRound standing = standing(answered);
        values.putAll(AnswerView.of(standing.answer(), labels, exchange));
        AnsweredRound last = answered.getLast();
        if (last.number() > standing.number()) {
            values.put("cut_short", AnswerView.of(last.answer(), labels, last.exchange()));
        }
        return values;
    }
}
