/** The two ends: an edge that sees the whole image, and a server that sees the patches it is sent. */
package glimpse.collab.node;
