/** An edge at work: images as they arrive, answers as JSON lines, each image once. */
@NullMarked
package glimpse.cli.edge;

import org.jspecify.annotations.NullMarked;
