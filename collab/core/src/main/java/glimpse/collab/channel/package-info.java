/** How messages get from edge to server and back: in process, over TCP, and counted. Bytes in, bytes out. */
package glimpse.collab.channel;
