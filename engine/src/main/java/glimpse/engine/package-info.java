/**
 * The engine's face: a {@link glimpse.engine.VisionTransformer} is loaded from a converted file, a {@link
 * glimpse.engine.Session} runs it on {@link glimpse.engine.PatchSequence}s and gives an {@link glimpse.engine.Output}.
 */
package glimpse.engine;
