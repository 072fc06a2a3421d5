package glimpse.collab.channel;

/**
 * The messages that crossed a channel and their bytes.
 *
 * @param requests messages from edge to server
 * @param replies messages from server to edge
 * @param upBytes bytes of all requests
 * @param downBytes bytes of all replies
 */
public record Traffic(long requests, long replies, long upBytes, long downBytes) {}
