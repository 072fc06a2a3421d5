package glimpse.cli.option;

import glimpse.collab.codec.PayloadCodec;
import glimpse.collab.gate.OffloadGate;
import glimpse.collab.gate.StopRule;
import glimpse.collab.select.AttentionScore;
import glimpse.collab.select.PatchSelection;
import glimpse.collab.spec.SpecGrid;
import glimpse.evaluation.network.Erasure;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.FileFormat;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What one text of an option stands for: a single value, or several if it holds a grid such as
 * {@code sum:0.5..0.9/0.1}.
 *
 * @param values at least one, in the order of the grid
 */
record Grid<T>(List<T> values) {
    Grid {
        values = List.copyOf(values);
    }

    /** Returns the values of all grids, each once, in order. */
    static <T> List<T> distinct(List<Grid<T>> grids) {
        return grids.stream().flatMap(grid -> grid.values().stream()).distinct().toList();
    }

    private static <T> Grid<T> parse(String text, Function<String, List<T>> parser) {
        try {
            return new Grid<>(SpecGrid.expand(text).stream()
                    .flatMap(one -> parser.apply(one).stream())
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    /** Converts the values of {@code --score}. */
    static final class OfScores implements ITypeConverter<Grid<AttentionScore>> {
        @Override
        public Grid<AttentionScore> convert(String text) {
            return parse(text, one -> List.of(AttentionScore.parse(one)));
        }
    }

    /** Converts the values of {@code --select}. */
    static final class OfSelections implements ITypeConverter<Grid<PatchSelection>> {
        @Override
        public Grid<PatchSelection> convert(String text) {
            return parse(text, one -> List.of(PatchSelection.parse(one)));
        }
    }

    /** Converts the values of {@code --gate}. */
    static final class OfGates implements ITypeConverter<Grid<OffloadGate>> {
        @Override
        public Grid<OffloadGate> convert(String text) {
            return parse(text, OffloadGate::parse);
        }
    }

    /** Converts the values of {@code --until}. */
    static final class OfStopRules implements ITypeConverter<Grid<StopRule>> {
        @Override
        public Grid<StopRule> convert(String text) {
            return parse(text, StopRule::parse);
        }
    }

    /** Converts the values of {@code --codec}. */
    static final class OfCodecs implements ITypeConverter<Grid<PayloadCodec>> {
        @Override
        public Grid<PayloadCodec> convert(String text) {
            return parse(text, one -> List.of(PayloadCodec.parse(one)));
        }
    }

    /** Converts the values of {@code --file}. */
    static final class OfFileFormats implements ITypeConverter<Grid<FileFormat>> {
        @Override
        public Grid<FileFormat> convert(String text) {
            return parse(text, one -> List.of(FileFormat.parse(one)));
        }
    }

    /** Converts the values of {@code --erasure}. */
    static final class OfErasures implements ITypeConverter<Grid<Erasure>> {
        @Override
        public Grid<Erasure> convert(String text) {
            return parse(text, one -> List.of(Erasure.parse(one)));
        }
    }

    /** Converts the values of {@code --link}. */
    static final class OfLinks implements ITypeConverter<Grid<Link>> {
        @Override
        public Grid<Link> convert(String text) {
            return parse(text, one -> List.of(Links.parse(one)));
        }
    }
}
