/** Pictures of what a model attends to: scores and selected patches over an image. */
@NullMarked
package glimpse.evaluation.overlay;

import org.jspecify.annotations.NullMarked;
