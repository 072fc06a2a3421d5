/** The index of a tar archive, for reading its files in place. */
@NullMarked
package glimpse.evaluation.tar;

import org.jspecify.annotations.NullMarked;
