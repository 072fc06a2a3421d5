package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TcpChannelTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void aReplyComesBackByteForByte() throws IOException {
        Random random = new Random(1);
        try (TcpListener listener = listen(TIMEOUT);
                TcpChannel channel = TcpChannel.connect(listener.address(), TIMEOUT)) {
            for (int size : new int[] {0, 1, 100, 300_000}) {
                byte[] request = new byte[size];
                random.nextBytes(request);
                assertThat(channel.exchange(request)).isEqualTo(Arrays.copyOf(request, 2 * size));
            }
        }
    }

    @Test
    void severalConnectionsAreServedAtOnceAndKeptApart() throws Exception {
        try (TcpListener listener = listen(TIMEOUT);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> edges = new ArrayList<>();
            for (int edge = 0; edge < 8; edge++) {
                byte[] request = {(byte) edge, 1, 2};
                edges.add(() -> {
                    try (TcpChannel channel = TcpChannel.connect(listener.address(), TIMEOUT)) {
                        boolean same = true;
                        for (int i = 0; i < 50; i++) {
                            same &= Arrays.equals(channel.exchange(request), Arrays.copyOf(request, 6));
                        }
                        return same;
                    }
                });
            }
            for (Future<Boolean> future : threads.invokeAll(edges)) {
                assertThat(future.get()).isTrue();
            }
        }
    }

    @Test
    void aConnectionThatAnnouncesTooMuchIsClosedAndTheNextIsServed() throws IOException {
        try (TcpListener listener = listen(TIMEOUT)) {
            try (Socket rude = new Socket(
                    listener.address().getAddress(), listener.address().getPort())) {
                rude.getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1});
                assertThat(rude.getInputStream().read()).isEqualTo(-1);
            }
            try (TcpChannel polite = TcpChannel.connect(listener.address(), TIMEOUT)) {
                assertThat(polite.exchange(new byte[1])).hasSize(2);
            }
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (TcpListener listener = listen(Duration.ofMillis(50));
                Socket silent = new Socket(
                        listener.address().getAddress(), listener.address().getPort())) {
            silent.getOutputStream().write(ByteBuffer.allocate(6).putInt(10).array());
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aReplyThatEndsEarlyIsAnErrorAndEndsTheChannel() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().readNBytes(5);
                    socket.getOutputStream().write(new byte[] {0, 0, 0, 9, 1, 2});
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            try (TcpChannel channel = TcpChannel.connect(address, TIMEOUT)) {
                assertThatThrownBy(() -> channel.exchange(new byte[1]))
                        .hasMessage("the connection ended after 2 of a message's 9 bytes");
                assertThatThrownBy(() -> channel.exchange(new byte[1])).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aFailedConnectionNamesTheAddress() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        assertThatThrownBy(() -> TcpChannel.connect(nobody, TIMEOUT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no connection to")
                .hasMessageContaining(Integer.toString(port));
    }

    private static TcpListener listen(Duration timeout) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return TcpListener.listen(any, Replies::twiceAsLong, 16, timeout);
    }
}
