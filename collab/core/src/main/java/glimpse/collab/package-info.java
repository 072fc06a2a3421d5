/** Attention-aware collaborative inference: edge, server and the messages between them. */
package glimpse.collab;
