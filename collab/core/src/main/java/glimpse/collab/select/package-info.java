/** Which patches matter: scores made from attention, and selections made from scores (arXiv 2404.07217). */
package glimpse.collab.select;
