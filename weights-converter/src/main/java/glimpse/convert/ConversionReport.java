package glimpse.convert;

import glimpse.engine.ClassLabels;
import glimpse.engine.VitConfig;
import glimpse.engine.image.Framing;
import glimpse.engine.image.Preprocessing;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of a conversion. Immutable.
 *
 * @param target the file that was written
 * @param bytes its size
 * @param storedType how its weights are stored
 * @param naming whose tensor names the source has: timm, Hugging Face, ...
 * @param config the architecture
 * @param labels the class labels, as many as the model has classes, or none
 * @param preprocessing the preprocessing stored with the model
 * @param crop the crop of the preprocessing; empty if images are taken as they are
 * @param sourceSha256 SHA-256 of the source's files, in hexadecimal
 * @param verification how the stored model compares with the source, if that was asked for
 */
public record ConversionReport(
        Path target,
        long bytes,
        StoredType storedType,
        String naming,
        VitConfig config,
        ClassLabels labels,
        Preprocessing preprocessing,
        Optional<Crop> crop,
        String sourceSha256,
        Optional<Verification> verification) {

    /** Where a crop's size comes from. */
    public enum CropOrigin {
        /** The caller's options. */
        OPTION("as the option says"),
        /** The configuration beside the checkpoint. */
        CONFIGURATION("from the source's configuration"),
        /** Neither of them, so the default holds. */
        DEFAULT("by default, as the source's configuration has none");

        private final String text;

        CropOrigin(String text) {
            this.text = text;
        }
    }

    /**
     * A crop by timm's names.
     *
     * @param pct {@code crop_pct}: side of the crop as a fraction of the resized image's shorter side
     * @param mode {@code crop_mode}
     * @param origin where {@code pct} comes from
     */
    public record Crop(double pct, CropMode mode, CropOrigin origin) {}

    /** Returns a summary for people: several lines, without a line break at the end. */
    public String text() {
        return String.format(
                        Locale.ROOT,
                        "%s model: %d wide, %d blocks, %d heads, patch %d, image %d, %d channels, %s%n"
                                + "%.2f M parameters, %.3f G multiply-adds per image%n"
                                + "%s%n"
                                + "mean %s, std %s%n"
                                + "wrote %s: %.1f MB, %s, %s",
                        naming,
                        config.width(),
                        config.depth(),
                        config.heads(),
                        config.patchSize(),
                        config.imageSize(),
                        config.channels(),
                        config.classes() == 0 ? "no classifier: gives features" : config.classes() + " classes",
                        config.parameters() / 1e6,
                        config.multiplyAdds(config.patches()) / 1e9,
                        cropText(),
                        preprocessing.mean(),
                        preprocessing.std(),
                        target,
                        bytes / 1e6,
                        storedType,
                        labels.isEmpty() ? "no labels" : labels.size() + " labels")
                + verification.map(one -> System.lineSeparator() + one.text()).orElse("");
    }

    private String cropText() {
        String framing = switch (preprocessing.framing()) {
            case Framing.Center(int resize, int size, var filter) ->
                "shorter side to " + resize + " pixels (" + lowerCase(filter) + "), central " + size + " x " + size;
            case Framing.Squash(int resize, int size, var filter) ->
                "both sides to " + resize + " pixels (" + lowerCase(filter) + "), central " + size + " x " + size;
            case Framing.AsIs(int size) -> "none, images must have " + size + " x " + size + " pixels";
        };
        return crop.map(one -> "crop: crop_pct " + one.pct() + " " + one.origin().text + ", crop_mode "
                        + lowerCase(one.mode()) + ": " + framing)
                .orElse("crop: " + framing);
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
