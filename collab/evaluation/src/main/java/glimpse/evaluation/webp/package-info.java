/** Decodes WebP files. */
@NullMarked
package glimpse.evaluation.webp;

import org.jspecify.annotations.NullMarked;
