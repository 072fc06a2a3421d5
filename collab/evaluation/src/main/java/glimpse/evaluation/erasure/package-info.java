/** What it costs that packets are lost: from a run's rows to a table and its files. */
@NullMarked
package glimpse.evaluation.erasure;

import org.jspecify.annotations.NullMarked;
