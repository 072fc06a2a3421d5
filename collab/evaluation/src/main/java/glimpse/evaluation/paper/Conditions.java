package glimpse.evaluation.paper;

import glimpse.evaluation.metrics.Accuracy;
import glimpse.evaluation.metrics.Interval;
import glimpse.evaluation.metrics.ResultTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What our figures were measured with, and how that differs from the paper. Immutable.
 *
 * @param edge the edge's model
 * @param server the server's model
 * @param images the images in words
 * @param table the results on them
 */
public record Conditions(ModelFacts edge, ModelFacts server, String images, ResultTable table) {
    private static final int TINY = 192;
    private static final int BASE = 768;
    private static final double PERCENT = 100;

    /** Returns whether both models have the shapes of the paper's. */
    public boolean isPapersPair() {
        return edge.isDeit(TINY) && server.isDeit(BASE);
    }

    /** Returns whether nothing tells this run from the paper's. */
    public boolean isReproduction() {
        return departures().isEmpty();
    }

    /** Returns what keeps this run from being a reproduction, a sentence each; empty if nothing does. */
    public List<String> departures() {
        List<String> departures = new ArrayList<>();
        if (edge.isDeit(TINY)) {
            weights("edge", new Setting.Edge(), table.edge()).ifPresent(departures::add);
        } else {
            departures.add("The edge is not DeiT-Tiny: " + edge.size() + ".");
        }
        if (server.isDeit(BASE)) {
            table.serverBaseline()
                    .flatMap(alone -> weights("server", new Setting.Server(), alone))
                    .ifPresent(departures::add);
        } else {
            departures.add("The server is not DeiT-Base: " + server.size() + ".");
        }
        if (table.images() != PaperExperiment.IMAGES) {
            departures.add(String.format(
                    Locale.ROOT,
                    "%,d %s, not the paper's %,d.",
                    table.images(),
                    table.images() == 1 ? "image counts" : "images count",
                    PaperExperiment.IMAGES));
        }
        return departures;
    }

    /** Tells by its accuracy alone whether a model of the right shape, or its images, can be the paper's. */
    private Optional<String> weights(String role, Setting alone, Accuracy accuracy) {
        PublishedFigure published = PaperExperiment.published().stream()
                .filter(figure -> figure.setting().equals(alone) && figure.quantity() == Quantity.TOP1)
                .findFirst()
                .orElseThrow();
        Interval interval = Interval.ofShare(accuracy.top1(), table.images()).times(PERCENT);
        return interval.contains(published.value(), published.uncertainty())
                ? Optional.empty()
                : Optional.of("The " + role + " has the shape of the paper's, but its top-1 accuracy alone is "
                        + Quantity.TOP1.text(PERCENT * accuracy.top1()) + ", the paper's " + published.readable()
                        + ": the weights or the images are other ones.");
    }

    /** Returns everything that differs from the paper or isn't known of it, a sentence each. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>(departures());
        if (isPapersPair()) {
            differences.add(
                    "The models have the shapes of the paper's; whether their weights are the same ones shows in the"
                            + " figures of each alone.");
        }
        differences.add("Images: " + images + "."
                + (table.failed() == 0
                        ? ""
                        : String.format(Locale.ROOT, " %,d that failed don't count.", table.failed())));
        preprocessing(edge).ifPresent(differences::add);
        preprocessing(server).ifPresent(differences::add);
        differences.add(
                "The paper's software is PyTorch 1.8 with timm 0.3.2. Here images are decoded and resized as Pillow"
                        + " does it, bicubic and antialiased, in 8 bits; the edge's cut of an image serves both models.");
        differences.add(
                "All arithmetic is in float32, in another order than PyTorch's: probabilities differ in their last"
                        + " digits, and an image near a threshold can change sides.");
        differences.add("Random patches are drawn per image from a seed, not the paper's.");
        return differences;
    }

    private static Optional<String> preprocessing(ModelFacts model) {
        return model.hasPapersPreprocessing()
                ? Optional.empty()
                : Optional.of("Preprocessing of the " + model.role() + " differs: " + model.preprocessing()
                        + "; the paper's is shorter side to 256 pixels (bicubic), central 224 x 224, ImageNet's mean and"
                        + " standard deviation.");
    }
}
