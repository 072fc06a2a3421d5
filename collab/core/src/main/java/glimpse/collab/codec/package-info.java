/**
 * What crosses between edge and server: three kinds of binary message, described byte by byte in collab/core/MESSAGE.md, and
 * the ways in which pixels stand in them.
 */
package glimpse.collab.codec;
