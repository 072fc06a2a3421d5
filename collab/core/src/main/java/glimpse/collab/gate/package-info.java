/** Decides from a prediction's confidence whether it stands or the image is offloaded (arXiv 2404.07217). */
package glimpse.collab.gate;
