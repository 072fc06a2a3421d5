package glimpse.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import glimpse.engine.VitConfig;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a conversion says of its result, for people and for programs. */
final class ConversionReport {
    private ConversionReport() {}

    static String text(Conversion.Result result) {
        VitConfig config = result.config();
        return String.format(
                        Locale.ROOT,
                        "%s model: %d wide, %d blocks, %d heads, patch %d, image %d, %d channels, %s%n"
                                + "%.2f M parameters, %.3f G multiply-adds an image%n"
                                + "pixels: minus %s, by %s (--mean, --std)%n"
                                + "wrote %s: %.1f MB, %s, %s",
                        result.layout(),
                        config.width(),
                        config.depth(),
                        config.heads(),
                        config.patchSize(),
                        config.imageSize(),
                        config.channels(),
                        config.classes() == 0 ? "no classifier: gives features" : config.classes() + " classes",
                        config.parameters() / 1e6,
                        config.multiplyAdds(config.patches()) / 1e9,
                        result.preprocessing().mean(),
                        result.preprocessing().std(),
                        result.out(),
                        result.bytes() / 1e6,
                        result.type(),
                        result.labels() == 0 ? "no labels" : result.labels() + " labels")
                + result.verification().map(ConversionReport::text).orElse("");
    }

    private static String text(Verification verification) {
        String answers = "features";
        if (verification.sameTop1().isPresent()) {
            int same = verification.sameTop1().getAsInt();
            answers = String.format(
                    Locale.ROOT,
                    "%d name the same class first (%.2f %%), logits",
                    same,
                    100.0 * same / verification.images());
        }
        return String.format(
                Locale.ROOT,
                "%nverified on %d images%s: %s up to %.3f differ by at most %.2g",
                verification.images(),
                verification.skipped() == 0 ? "" : " (" + verification.skipped() + " skipped)",
                answers,
                verification.largestLogit(),
                verification.largestDifference());
    }

    static String json(Conversion.Result result) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode();
        node.put("out", result.out().toString());
        node.put("bytes", result.bytes());
        node.put("dtype", result.type().toString());
        node.put("layout", result.layout());
        node.put("parameters", result.config().parameters());
        node.put("multiplyAdds", result.config().multiplyAdds(result.config().patches()));
        node.put("labels", result.labels());
        node.put("sourceSha256", result.sourceSha256());
        Map<String, String> metadata = new LinkedHashMap<>();
        result.config().writeTo(metadata);
        result.preprocessing().writeTo(metadata);
        result.verification().ifPresent(verification -> {
            ObjectNode verified = node.putObject("verification");
            verified.put("images", verification.images());
            verified.put("skipped", verification.skipped());
            verification.sameTop1().ifPresent(same -> verified.put("sameTop1", same));
            verified.put("largestLogit", verification.largestLogit());
            verified.put("largestDifference", verification.largestDifference());
        });
        ObjectNode properties = node.putObject("metadata");
        metadata.forEach(properties::put);
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings and numbers is always JSON", e);
        }
    }
}
