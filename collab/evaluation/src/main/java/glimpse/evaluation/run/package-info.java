/**
 * The evaluation: the edge once per image, the server once per different upload. Gates are applied to the stored rows
 * afterwards. Rows are written as they are computed, and an interrupted run is resumed where it stopped.
 */
@NullMarked
package glimpse.evaluation.run;

import org.jspecify.annotations.NullMarked;
