/**
 * Which image files there are: under a folder, in tar archives and in lists, and what has to be skipped there; names
 * with ranges.
 */
@NullMarked
package glimpse.evaluation.listing;

import org.jspecify.annotations.NullMarked;
