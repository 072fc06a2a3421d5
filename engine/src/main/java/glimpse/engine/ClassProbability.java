package glimpse.engine;

/**
 * A class and how probable it is.
 *
 * @param index zero-based class
 * @param probability 0..1, or NaN from a broken answer
 */
public record ClassProbability(int index, double probability) {}
