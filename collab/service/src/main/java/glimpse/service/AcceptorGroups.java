package glimpse.service;

import com.linecorp.armeria.common.Flags;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Makes the thread that accepts a server's connections. It stops when told to, without Netty's two quiet seconds. */
final class AcceptorGroups {
    private AcceptorGroups() {}

    static EventLoopGroup create(String threadName) {
        DefaultThreadFactory threads = new DefaultThreadFactory(threadName);
        return switch (Flags.transportType()) {
            case EPOLL -> new Prompt(threads, EpollIoHandler.newFactory());
            case NIO -> new Prompt(threads, NioIoHandler.newFactory());
            case KQUEUE, IO_URING -> Flags.transportType().newEventLoopGroup(1, type -> threads);
        };
    }

    private static final class Prompt extends MultiThreadIoEventLoopGroup {
        Prompt(DefaultThreadFactory threads, IoHandlerFactory handler) {
            super(1, threads, handler);
        }

        @Override
        public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
            return super.shutdownGracefully(0, timeout, unit);
        }
    }
}
