/** The gRPC services: the Open Inference Protocol, and the messages of collaborative inference. */
@NullMarked
package glimpse.service.grpc;

import org.jspecify.annotations.NullMarked;
