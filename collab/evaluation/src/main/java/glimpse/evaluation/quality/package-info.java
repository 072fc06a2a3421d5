/** How good predictions are: accuracy overall and by class, confusions, reliability. */
@NullMarked
package glimpse.evaluation.quality;

import org.jspecify.annotations.NullMarked;
