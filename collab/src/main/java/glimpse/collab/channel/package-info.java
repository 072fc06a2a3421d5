/** How messages get from edge to server and back: in process, over TCP, and counted. Bytes in, bytes out. */
@NullMarked
package glimpse.collab.channel;

import org.jspecify.annotations.NullMarked;
