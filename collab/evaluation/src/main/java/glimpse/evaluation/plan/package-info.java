/** What an evaluation computes: uploads, gates, and the operating points that they form. */
@NullMarked
package glimpse.evaluation.plan;

import org.jspecify.annotations.NullMarked;
