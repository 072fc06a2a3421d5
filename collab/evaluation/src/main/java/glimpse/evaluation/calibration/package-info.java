/** Fits temperatures, gates that keep a promise, and the choice of an upload on a calibration set; their file. */
@NullMarked
package glimpse.evaluation.calibration;

import org.jspecify.annotations.NullMarked;
