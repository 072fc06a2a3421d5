/**
 * What crosses between edge and server: three kinds of binary message, described byte by byte in collab/MESSAGE.md, and
 * the ways in which pixels stand in them.
 */
@NullMarked
package glimpse.collab.codec;

import org.jspecify.annotations.NullMarked;
