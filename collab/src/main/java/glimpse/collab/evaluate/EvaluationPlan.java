package glimpse.collab.evaluate;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.select.AttentionScore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is run on every image.
 *
 * @param sendings what the server is sent, each once; at least one
 * @param serverWhole whether the server also sees every image whole, for comparison
 */
public record EvaluationPlan(List<Sending> sendings, boolean serverWhole) {
    /** Copies the sendings, without repetitions. */
    public EvaluationPlan {
        sendings = List.copyOf(new LinkedHashSet<>(sendings));
        if (sendings.isEmpty()) {
            throw new IllegalArgumentException("no selection, expected at least one");
        }
    }

    /** A plan that crosses selectors with codecs and adds whole images as files. */
    public static EvaluationPlan of(
            List<Selector> selectors, List<PayloadCodec> codecs, List<FileFormat> files, boolean serverWhole) {
        List<Sending> sendings = new ArrayList<>();
        for (Selector selector : selectors) {
            for (PayloadCodec codec : codecs) {
                sendings.add(new Sending.Patches(selector, codec));
            }
        }
        files.forEach(format -> sendings.add(new Sending.WholeFile(format)));
        return new EvaluationPlan(sendings, serverWhole);
    }

    /** What the server runs on each image: the sendings and, if asked for and not among them, the whole image. */
    List<Sending> runs() {
        if (!serverWhole || sendings.contains(Sending.WHOLE)) {
            return sendings;
        }
        List<Sending> runs = new ArrayList<>(sendings);
        runs.add(Sending.WHOLE);
        return runs;
    }

    /** The place in a row's runs of what the server says of what it is sent; -1 if the plan hasn't that. */
    public int runOf(Sending sending) {
        return runs().indexOf(sending);
    }

    /** The scores that the edge computes. */
    Set<AttentionScore> scores() {
        Set<AttentionScore> scores = new LinkedHashSet<>();
        for (Sending run : runs()) {
            switch (run) {
                case Sending.Patches patches -> scores.add(patches.selector().score());
                case Sending.WholeFile file -> scores.add(Selector.WHOLE.score());
            }
        }
        return scores;
    }
}
