package glimpse.collab.channel;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A channel over one TCP connection. Safe for use by several threads, which take turns: one exchange at a time. */
public final class TcpChannel implements Channel {
    private final Socket socket;
    private final InputStream in;

    private TcpChannel(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Connects to a {@link TcpListener}.
     *
     * @param address the listener's
     * @param timeout the longest wait for the connection, and later for more bytes of a reply
     * @throws IOException if the connection can't be made
     */
    public static TcpChannel connect(InetSocketAddress address, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            int millis = Math.toIntExact(timeout.toMillis());
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            socket.setTcpNoDelay(true);
            return new TcpChannel(socket);
        } catch (IOException e) {
            socket.close();
            throw new IOException("no connection to " + address + ": " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized byte[] exchange(byte[] request) throws IOException {
        try {
            Frame.write(socket.getOutputStream(), request);
            return Frame.read(in).orElseThrow(() -> new EOFException("the server closed the connection"));
        } catch (IOException e) {
            socket.close(); // a late reply would be taken for the next request's
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
