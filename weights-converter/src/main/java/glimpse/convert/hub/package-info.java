/** Models of a Hugging Face hub by name: downloaded, verified, and kept in the cache that its own tools use. */
@NullMarked
package glimpse.convert.hub;

import org.jspecify.annotations.NullMarked;
