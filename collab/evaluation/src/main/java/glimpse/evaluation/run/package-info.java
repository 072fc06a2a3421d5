/**
 * The evaluation: the edge once an image, the server once for every image and selection, every gate read off the stored
 * rows. Rows are written as they come, and a run that was killed goes on where it was.
 */
@NullMarked
package glimpse.evaluation.run;

import org.jspecify.annotations.NullMarked;
