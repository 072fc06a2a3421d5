package glimpse.cli.command;

import glimpse.cli.command.Explanation.HeadAttention;
import glimpse.cli.command.Explanation.Question;
import glimpse.collab.gate.Confidence;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.ClassProbability;
import glimpse.evaluation.classes.ClassIndex;
import glimpse.evaluation.io.VisibleText;
import glimpse.evaluation.overlay.FigureGrid;
import glimpse.evaluation.overlay.Overlay;
import glimpse.evaluation.overlay.PatchMap;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * An explanation as a picture and as text. Immutable.
 *
 * @param image the image's file
 * @param question what was computed
 * @param explanation the result
 * @param classes the model's classes
 */
record ExplanationFigure(Path image, Question question, Explanation explanation, ClassIndex classes) {
    /** Draws the panels, one row of them for the scores and one per layer, above the text. */
    BufferedImage draw(PatchMap map, int factor) {
        Overlay overlay = new Overlay(explanation.picture(), map, factor);
        FigureGrid figure = new FigureGrid(overlay.width(), overlay.height());
        float[] scores = explanation.scores().array();
        figure.row();
        figure.add("score " + question.policy().score().spec(), overlay.heat(scores));
        figure.add(
                "selected by " + question.policy().selection().spec(),
                overlay.kept(explanation.selected().positions()));
        int layer = -1;
        for (HeadAttention attention : explanation.attention()) {
            if (attention.layer() != layer) {
                figure.row();
                layer = attention.layer();
            }
            figure.add(attention.caption(), overlay.heat(attention.weights().array()));
        }
        lines().forEach(figure::line);
        if (!explanation.attention().isEmpty()) {
            figure.line("Each panel of a layer or head is scaled to its own maximum.");
        }
        return figure.draw(Overlay.brightest(scores));
    }

    /** Returns the prediction, its confidence and the selection in words. */
    List<String> lines() {
        ClassProbability first = explanation.prediction().top(1).getFirst();
        Confidence confidence = Confidence.of(explanation.prediction());
        SelectedPatches selected = explanation.selected();
        int patches = explanation.scores().array().length;
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %s, probability %.4f",
                        VisibleText.name(String.valueOf(image.getFileName())),
                        VisibleText.name(classes.name(first.index())),
                        first.probability()),
                String.format(
                        Locale.ROOT,
                        "min-entropy %.3f bits, Shannon entropy %.3f bits, margin %.4f",
                        confidence.minEntropyBits(),
                        confidence.shannonBits(),
                        confidence.margin()),
                String.format(
                        Locale.ROOT,
                        "%s by score %s selects %d of %d patches (%.1f %%) with %.4f of the total score",
                        question.policy().selection().spec(),
                        question.policy().score().spec(),
                        selected.count(),
                        patches,
                        100.0 * selected.count() / patches,
                        selected.sumOfScores()));
    }
}
