package glimpse.cli.option;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converters of numbers with a range. */
public final class NumberOf {
    private NumberOf() {}

    /** Converts an integer of at least 1. */
    public static final class AtLeastOne implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return integer(text, 1, Integer.MAX_VALUE, "an integer of at least 1");
        }
    }

    /** Converts an integer of at least 0. */
    public static final class AtLeastZero implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return integer(text, 0, Integer.MAX_VALUE, "an integer of at least 0");
        }
    }

    /** Converts a number of threads. */
    public static final class Threads implements ITypeConverter<Integer> {
        private static final int MAX_THREADS = 1024;

        @Override
        public Integer convert(String text) {
            return integer(text, 1, MAX_THREADS, "an integer from 1 to " + MAX_THREADS);
        }
    }

    /** Converts a number of percentage points. */
    public static final class PercentagePoints implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return decimal(text, 100);
        }
    }

    /** Converts a share of a whole. */
    public static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return decimal(text, 1);
        }
    }

    /** Converts a fraction above 0 and up to 1. */
    public static final class Fraction implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = decimal(text, 1);
            if (value == 0) {
                throw new TypeConversionException("'" + text + "' is invalid, expected a number above 0, up to 1");
            }
            return value;
        }
    }

    /** Converts a share above 0 and below 1. */
    public static final class OpenShare implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            double value = decimal(text, 1);
            if (value == 0 || value == 1) {
                throw new TypeConversionException("'" + text + "' is invalid, expected a number above 0, below 1");
            }
            return value;
        }
    }

    private static int integer(String text, int least, int most, String expected) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // the message below covers it
        }
        throw new TypeConversionException("'" + text + "' is invalid, expected " + expected);
    }

    private static double decimal(String text, int most) {
        try {
            BigDecimal value = new BigDecimal(text); // no NaN, no infinity, no hexadecimal digits
            if (value.signum() >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0) {
                return value.doubleValue();
            }
        } catch (NumberFormatException e) {
            // the message below covers it
        }
        throw new TypeConversionException("'" + text + "' is invalid, expected a number from 0 to " + most);
    }
}
