/** Reading and writing of JSON, CSV and hashes; files are replaced atomically; text from files made harmless. */
@NullMarked
package glimpse.evaluation.io;

import org.jspecify.annotations.NullMarked;
