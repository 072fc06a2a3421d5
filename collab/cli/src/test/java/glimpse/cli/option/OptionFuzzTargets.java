package glimpse.cli.option;

import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The converters of options: each reads every input. */
public final class OptionFuzzTargets implements FuzzTargets {
    private static final List<ITypeConverter<?>> CONVERTERS = List.of(
            new Grid.OfScores(),
            new Grid.OfSelections(),
            new Grid.OfGates(),
            new Grid.OfStopRules(),
            new Grid.OfCodecs(),
            new Grid.OfFileFormats(),
            new Grid.OfLinks(),
            new Grid.OfErasures(),
            new SpecOf.Score(),
            new SpecOf.Selection(),
            new SpecOf.Gate(),
            new SpecOf.Rule(),
            new SpecOf.Codec(),
            new NumberRanges.OfLayers(),
            new NumberRanges.OfHeads(),
            new NameOf.WeightType(),
            new NameOf.ActivationFunction(),
            new NameOf.Crop(),
            new NameOf.Filter(),
            new NumberOf.AtLeastOne(),
            new NumberOf.AtLeastZero(),
            new NumberOf.Threads(),
            new NumberOf.PercentagePoints(),
            new NumberOf.Share(),
            new NumberOf.Fraction(),
            new NumberOf.OpenShare());

    /** Makes the list; called by the service loader. */
    public OptionFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("option-values", OptionFuzzTargets::convert));
    }

    private static void convert(byte[] input) throws Exception {
        String text = Texts.of(input);
        for (ITypeConverter<?> converter : CONVERTERS) {
            try {
                if (converter.convert(text) instanceof NumberRanges ranges) {
                    ranges.indices("--layers", 9999);
                }
            } catch (TypeConversionException e) {
                requireMessage(String.valueOf(e.getMessage()));
            }
        }
    }

    private static void requireMessage(String message) {
        if (!message.contains("expected")) {
            throw new AssertionError("no word of what was expected: " + message);
        }
    }
}
