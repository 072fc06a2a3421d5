/** The Open Inference Protocol (KServe v2), whatever carries it: tensors, what models take and give, inferences. */
@NullMarked
package glimpse.service.oip;

import org.jspecify.annotations.NullMarked;
