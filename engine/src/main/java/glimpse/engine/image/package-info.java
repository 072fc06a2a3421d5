/**
 * From an image file to what the model sees, byte for byte as Pillow, torchvision and timm do it: {@link
 * glimpse.engine.image.RgbImage} decodes, {@link glimpse.engine.image.Preprocessing} resizes, crops and normalises,
 * {@link glimpse.engine.image.PixelPatches} is the step between the two that may cross to a server: 8-bit pixels of
 * some patches with their positions.
 */
package glimpse.engine.image;
