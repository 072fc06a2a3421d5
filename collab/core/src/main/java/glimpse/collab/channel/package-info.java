/** Carries messages between edge and server, in process or over TCP, and counts their bytes. */
package glimpse.collab.channel;
