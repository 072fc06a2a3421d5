/**
 * The public face of the engine: a {@link glimpse.engine.VisionTransformer} is loaded from a converted file; a
 * {@link glimpse.engine.Session} runs it on {@link glimpse.engine.PatchSequence}s and returns an
 * {@link glimpse.engine.Output}. A {@link glimpse.engine.Capture} says which attention and hidden states a pass keeps.
 *
 * <p>A null argument is refused with a {@link java.lang.NullPointerException} that names it, a value out of range with
 * an {@link java.lang.IllegalArgumentException} or {@link java.lang.IndexOutOfBoundsException} that names it and its
 * range.
 */
package glimpse.engine;
