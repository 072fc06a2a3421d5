/**
 * The codec for glimpses: few patches of an image, positions included, as one arithmetic code (collab/core/MESSAGE.md,
 * codecs 2 to 100).
 */
package glimpse.collab.codec.mosaic;
