/** What bytes cost on a radio link: time, and time on the air. A model, for links that aren't there. */
@NullMarked
package glimpse.collab.link;

import org.jspecify.annotations.NullMarked;
