/** Pictures of what a model attends to: scores and kept patches over an image, at the image's own resolution. */
@NullMarked
package glimpse.evaluation.overlay;

import org.jspecify.annotations.NullMarked;
