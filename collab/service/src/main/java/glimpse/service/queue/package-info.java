/** The queue before the models: admission, priorities, deadlines, and what runs together as one batch. */
@NullMarked
package glimpse.service.queue;

import org.jspecify.annotations.NullMarked;
