/** The two ends: the edge that looks at the whole image, and the server that gets a glimpse. */
package glimpse.collab.node;
