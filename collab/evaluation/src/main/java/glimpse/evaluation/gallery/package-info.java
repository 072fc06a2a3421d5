/** Images that show what the method does to them, with their pictures, for a report. */
@NullMarked
package glimpse.evaluation.gallery;

import org.jspecify.annotations.NullMarked;
