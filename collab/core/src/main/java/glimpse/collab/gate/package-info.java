/** When the edge's own answer stands: probabilities, how sure they are, and the gates that ask (arXiv 2404.07217). */
package glimpse.collab.gate;
