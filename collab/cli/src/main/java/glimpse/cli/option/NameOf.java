package glimpse.cli.option;

import glimpse.convert.CropMode;
import glimpse.convert.StoredType;
import glimpse.engine.Activation;
import glimpse.engine.image.Interpolation;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of names that checkpoints and their configurations use. */
public final class NameOf {
    private NameOf() {}

    /** Converts the name of a type of weights, in upper or lower case. */
    public static final class WeightType implements ITypeConverter<StoredType> {
        @Override
        public StoredType convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "f32" -> StoredType.F32;
                case "f16" -> StoredType.F16;
                case "bf16" -> StoredType.BF16;
                case "int8" -> StoredType.INT8;
                default -> throw invalid(text, "f32, f16, bf16 or int8");
            };
        }
    }

    /** Converts the name of an activation. */
    public static final class ActivationFunction implements ITypeConverter<Activation> {
        @Override
        public Activation convert(String text) {
            return switch (text) {
                case "gelu" -> Activation.GELU;
                case "gelu_tanh" -> Activation.TANH_GELU;
                case "quick_gelu" -> Activation.QUICK_GELU;
                default -> throw invalid(text, "gelu, gelu_tanh or quick_gelu");
            };
        }
    }

    /** Converts the name of a crop mode. */
    public static final class Crop implements ITypeConverter<CropMode> {
        @Override
        public CropMode convert(String text) {
            return switch (text) {
                case "center" -> CropMode.CENTER;
                case "squash" -> CropMode.SQUASH;
                case "as_is" -> CropMode.AS_IS;
                default -> throw invalid(text, "center, squash or as_is");
            };
        }
    }

    /** Converts the name of a resampling filter. */
    public static final class Filter implements ITypeConverter<Interpolation> {
        @Override
        public Interpolation convert(String text) {
            return switch (text) {
                case "bilinear" -> Interpolation.BILINEAR;
                case "bicubic" -> Interpolation.BICUBIC;
                default -> throw invalid(text, "bilinear or bicubic");
            };
        }
    }

    private static TypeConversionException invalid(String text, String expected) {
        return new TypeConversionException("'" + text + "' is invalid, expected " + expected);
    }
}
