/** Which patches matter: scores made from attention, and selections made from scores (arXiv 2404.07217). */
@NullMarked
package glimpse.collab.select;

import org.jspecify.annotations.NullMarked;
