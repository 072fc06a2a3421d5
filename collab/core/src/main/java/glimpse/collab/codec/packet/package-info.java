/** Requests in packets of which some may be lost: each can be decoded without the others. */
package glimpse.collab.codec.packet;
