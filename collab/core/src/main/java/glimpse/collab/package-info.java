/** Attention-aware collaborative inference: edge, server, what crosses between them, and its evaluation. */
package glimpse.collab;
