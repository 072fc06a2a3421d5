/** What tensors are called where they come from, and how a model's own tensors are made of them. */
@NullMarked
package glimpse.convert.naming;

import org.jspecify.annotations.NullMarked;
