/** Scores patches by attention and selects patches by their scores (arXiv 2404.07217). */
package glimpse.collab.select;
