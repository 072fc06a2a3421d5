/** The experiments of arXiv 2404.07217: their settings, the published figures, and ours beside them. */
@NullMarked
package glimpse.evaluation.paper;

import org.jspecify.annotations.NullMarked;
