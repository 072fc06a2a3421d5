package glimpse.cli;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.select.SelectionPolicy;
import glimpse.collab.spec.SpecGrid;
import glimpse.engine.VitConfig;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.EvaluationPlan;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.Upload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads options that name several of something, grids among them. */
final class Choices {
    private Choices() {}

    /** Every score with every selection. */
    static List<SelectionPolicy> policies(List<String> scores, List<String> selections) {
        List<AttentionScore> parsedScores = parse("--score", scores, AttentionScore::parse);
        List<PatchSelection> parsedSelections = parse("--select", selections, PatchSelection::parse);
        List<SelectionPolicy> policies = new ArrayList<>();
        for (AttentionScore score : parsedScores) {
            for (PatchSelection selection : parsedSelections) {
                policies.add(new SelectionPolicy(score, selection));
            }
        }
        return policies;
    }

    static List<PayloadCodec> codecs(List<String> codecs) {
        return parse("--codec", codecs, PayloadCodec::parse);
    }

    static List<FileFormat> files(List<String> formats) {
        return parse("--file", formats, FileFormat::parse);
    }

    static List<Link> links(List<String> links) {
        return parse("--link", links, Links::parse);
    }

    /** Gates, each once. */
    static List<OffloadGate> gates(List<String> gates) {
        Set<OffloadGate> all = new LinkedHashSet<>();
        for (String text : gates) {
            for (String gate : Parsed.option("--gate", text, SpecGrid::expand)) {
                all.addAll(Parsed.option("--gate", gate, OffloadGate::parse));
            }
        }
        return List.copyOf(all);
    }

    private static <T> List<T> parse(String option, List<String> texts, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            for (String one : Parsed.option(option, text, SpecGrid::expand)) {
                values.add(Parsed.option(option, one, parser));
            }
        }
        return List.copyOf(new LinkedHashSet<>(values));
    }

    /** Says which score asks for a layer that the edge's model doesn't have. */
    static void requireLayers(EvaluationPlan plan, VitConfig config) {
        plan.uploads().stream()
                .flatMap(upload -> upload instanceof Upload.Patches patches
                        ? Stream.of(patches.policy().score())
                        : Stream.of())
                .forEach(score -> Parsed.option("--score", score.spec(), text -> score.capture(config)));
    }
}
