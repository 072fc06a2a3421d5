package glimpse.collab.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteCountingChannelTest {
    @Test
    void countsMessagesAndBytesInBothDirections() throws IOException {
        try (ByteCountingChannel channel = new ByteCountingChannel(new InProcessChannel(Replies::twiceAsLong))) {
            assertThat(channel.exchange(new byte[10])).hasSize(20);
            assertThat(channel.exchangeAll(List.of(new byte[3], new byte[0]))).hasSize(2);
            assertThat(channel.traffic()).isEqualTo(new Traffic(3, 3, 13, 26));
        }
    }

    @Test
    void aRequestWithoutAReplyStillCounts() {
        Channel broken = new Channel() {
            @Override
            public byte[] exchange(byte[] request) throws IOException {
                throw new IOException("gone");
            }

            @Override
            public void close() {}
        };
        ByteCountingChannel channel = new ByteCountingChannel(broken);
        assertThatThrownBy(() -> channel.exchange(new byte[7])).hasMessage("gone");
        assertThat(channel.traffic()).isEqualTo(new Traffic(1, 0, 7, 0));
    }
}
