/** What lost packets cost: from a run's rows to a table and its files. */
@NullMarked
package glimpse.evaluation.erasure;

import org.jspecify.annotations.NullMarked;
