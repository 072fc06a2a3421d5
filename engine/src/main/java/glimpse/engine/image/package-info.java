/**
 * Turns image files into model input, byte for byte as Pillow, torchvision and timm do:
 * {@link glimpse.engine.image.RgbImage} decodes, {@link glimpse.engine.image.Preprocessing} resizes, crops and
 * normalises. {@link glimpse.engine.image.PixelPatches} are the intermediate step that can be sent to a server: 8-bit
 * pixels of some patches with their positions.
 */
package glimpse.engine.image;
