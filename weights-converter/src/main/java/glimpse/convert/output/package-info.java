/** The converted file: encoding of elements, and a writer that streams. */
@NullMarked
package glimpse.convert.output;

import org.jspecify.annotations.NullMarked;
