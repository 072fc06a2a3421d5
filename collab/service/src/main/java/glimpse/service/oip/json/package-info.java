/** The Open Inference Protocol's JSON documents, and the binary tensors that follow them. */
@NullMarked
package glimpse.service.oip.json;

import org.jspecify.annotations.NullMarked;
