/**
 * Every method at every budget: operating points chosen on some images, measured once on others, with intervals of
 * accuracies and of differences by a paired bootstrap.
 */
@NullMarked
package glimpse.evaluation.front;

import org.jspecify.annotations.NullMarked;
