package glimpse.engine.image;

/**
 * The part of an image that becomes the square which the model sees, in the image's own pixels and fractions of them. It
 * reaches beyond the image where black fills the square.
 *
 * @param left edge, from 0 at the image's left
 * @param top edge, from 0 at the image's top
 * @param width above 0
 * @param height above 0
 */
public record SourceWindow(double left, double top, double width, double height) {}
