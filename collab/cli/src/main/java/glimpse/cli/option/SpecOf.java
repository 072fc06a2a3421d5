package glimpse.cli.option;

import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of options that take a single score or selection. */
public final class SpecOf {
    private SpecOf() {}

    /** Converts the value of {@code --score}. */
    public static final class Score implements ITypeConverter<AttentionScore> {
        @Override
        public AttentionScore convert(String text) {
            return parse(text, AttentionScore::parse);
        }
    }

    /** Converts the value of {@code --select}. */
    public static final class Selection implements ITypeConverter<PatchSelection> {
        @Override
        public PatchSelection convert(String text) {
            return parse(text, PatchSelection::parse);
        }
    }

    private static <T> T parse(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
