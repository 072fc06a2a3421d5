/** Attacks a real edge and a real server; {@code scripts/chaos service} runs it. */
@NullMarked
package glimpse.service.chaos;

import org.jspecify.annotations.NullMarked;
