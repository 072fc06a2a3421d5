/** Carries messages between edge and server, in process or over HTTP, survives failures and counts bytes. */
package glimpse.collab.channel;
