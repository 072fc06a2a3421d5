/** What bytes cost on a radio link: time, and time on the air. A model, for links that aren't there. */
@NullMarked
package glimpse.evaluation.network;

import org.jspecify.annotations.NullMarked;
