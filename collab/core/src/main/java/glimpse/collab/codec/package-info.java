/**
 * The messages between edge and server: three kinds of binary message, specified byte by byte in
 * collab/core/MESSAGE.md, and the codecs of their pixels.
 */
package glimpse.collab.codec;
