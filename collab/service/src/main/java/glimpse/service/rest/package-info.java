/** The Open Inference Protocol over HTTP, as tritonclient.http and others speak it. */
@NullMarked
package glimpse.service.rest;

import org.jspecify.annotations.NullMarked;
