package glimpse.cli.command;

import glimpse.convert.ConversionReport;
import glimpse.convert.Verification;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The values of a conversion's report, as {@code --json} prints them. */
final class ConversionValues {
    private ConversionValues() {}

    static Map<String, Object> of(ConversionReport report) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("out", report.target().toString());
        values.put("bytes", report.bytes());
        values.put("dtype", report.storedType().toString());
        values.put("naming", report.naming());
        values.put("parameters", report.config().parameters());
        values.put("multiplyAdds", report.config().multiplyAdds(report.config().patches()));
        values.put("labels", report.labels().size());
        values.put("sourceSha256", report.sourceSha256());
        report.crop().ifPresent(crop -> values.put("crop", crop(crop)));
        report.verification().ifPresent(verification -> values.put("verification", verification(verification)));
        Map<String, String> metadata = new LinkedHashMap<>();
        report.config().writeTo(metadata);
        report.preprocessing().writeTo(metadata);
        values.put("metadata", metadata);
        return values;
    }

    private static Map<String, Object> crop(ConversionReport.Crop crop) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("crop_pct", crop.pct());
        values.put("crop_mode", lowerCase(crop.mode()));
        values.put("origin", lowerCase(crop.origin()));
        return values;
    }

    private static Map<String, Object> verification(Verification verification) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("images", verification.images());
        values.put("skipped", verification.skipped());
        verification.sameTop1().ifPresent(same -> values.put("sameTop1", same));
        values.put("largestLogit", verification.largestLogit());
        values.put("largestDifference", verification.largestDifference());
        return values;
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
