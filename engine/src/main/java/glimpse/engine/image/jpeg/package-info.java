/**
 * JPEG (ITU-T T.81) from bytes to pixels, bit-identical to libjpeg-turbo;
 * {@link glimpse.engine.image.jpeg.JpegDecoder}.
 */
package glimpse.engine.image.jpeg;
