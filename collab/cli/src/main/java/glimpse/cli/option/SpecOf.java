package glimpse.cli.option;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of options that take a single score, selection, gate or codec. */
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

    /** Converts the value of {@code --gate}. */
    public static final class Gate implements ITypeConverter<OffloadGate> {
        @Override
        public OffloadGate convert(String text) {
            return parse(text, OffloadGate::parseOne);
        }
    }

    /** Converts the value of {@code --until}. */
    public static final class Rule implements ITypeConverter<StopRule> {
        @Override
        public StopRule convert(String text) {
            return parse(text, StopRule::parseOne);
        }
    }

    /** Converts the value of {@code --codec}. */
    public static final class Codec implements ITypeConverter<PayloadCodec> {
        @Override
        public PayloadCodec convert(String text) {
            return parse(text, PayloadCodec::parse);
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
