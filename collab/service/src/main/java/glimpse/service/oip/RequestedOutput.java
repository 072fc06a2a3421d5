package glimpse.service.oip;

/**
 * An output that a client asks for.
 *
 * @param name of the output
 * @param binary whether it comes as binary data after a JSON response
 * @param classes 0 for the tensor itself; otherwise that many classes of the highest values, as text
 */
public record RequestedOutput(String name, boolean binary, int classes) {}
