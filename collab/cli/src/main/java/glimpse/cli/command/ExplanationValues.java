package glimpse.cli.command;

import glimpse.cli.command.Explanation.HeadAttention;
import glimpse.collab.gate.Confidence;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.engine.ClassProbability;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.overlay.PatchMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The numbers of an explanation, as {@code --json} prints them. Immutable. */
record ExplanationValues(Explanation explanation, PatchMap map, ClassIndex classes) {
    private static final int TOP = 5;

    Map<String, Object> values(Path image, Path picture, AttentionScore score, PatchSelection selection) {
        Confidence confidence = Confidence.of(explanation.prediction());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("image", image.toString());
        values.put("picture", picture.toString());
        values.put("width", explanation.picture().width());
        values.put("height", explanation.picture().height());
        values.put("seen", seen());
        values.put("grid", map.grid());
        values.put("top", top());
        values.put("min_entropy_bits", confidence.minEntropyBits());
        values.put("shannon_bits", confidence.shannonBits());
        values.put("margin", confidence.margin());
        values.put("score", score.spec());
        values.put("scores", explanation.scores().array());
        values.put("selection", selection.spec());
        values.put("kept", explanation.selected().positions());
        values.put("kept_sum", explanation.selected().sumOfScores());
        if (explanation.selected().count() > 0) {
            values.put("least_kept_score", explanation.selected().lowestScore());
        }
        values.put(
                "attention",
                explanation.attention().stream()
                        .map(ExplanationValues::attention)
                        .toList());
        return values;
    }

    private Map<String, Object> seen() {
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("left", map.left());
        seen.put("top", map.top());
        seen.put("width", map.width());
        seen.put("height", map.height());
        return seen;
    }

    private List<Map<String, Object>> top() {
        List<Map<String, Object>> top = new ArrayList<>();
        for (ClassProbability one : explanation.prediction().top(TOP)) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("class", one.index());
            classes.wnid(one.index()).ifPresent(wnid -> values.put("wnid", wnid));
            values.put("name", classes.name(one.index()));
            values.put("probability", one.probability());
            top.add(values);
        }
        return top;
    }

    private static Map<String, Object> attention(HeadAttention attention) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("layer", attention.layer() + 1);
        values.put("head", attention.head() < 0 ? "mean" : attention.head() + 1);
        values.put("weights", attention.weights().array());
        return values;
    }
}
