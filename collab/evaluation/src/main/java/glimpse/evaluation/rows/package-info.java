/** The rows of a run: a row per image, their file, and the folder that they are resumed from. */
@NullMarked
package glimpse.evaluation.rows;

import org.jspecify.annotations.NullMarked;
