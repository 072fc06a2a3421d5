package glimpse.service;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.handler.ssl.ClientAuth;

/** Sets up TLS. */
final class Tls {
    private Tls() {}

    static void configure(ServerBuilder builder, TlsFiles files) {
        builder.tls(TlsKeyPair.of(files.key().toFile(), files.certificate().toFile()));
        files.clientCa()
                .ifPresent(ca -> builder.tlsCustomizer(
                        context -> context.trustManager(ca.toFile()).clientAuth(ClientAuth.REQUIRE)));
    }
}
