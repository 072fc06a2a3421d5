package glimpse.service;

import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.server.ServerBuilder;
import io.netty.handler.ssl.ClientAuth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Sets up TLS. */
final class Tls {
    private final TlsKeyPair identity;
    private final List<X509Certificate> clientAuthorities; // empty if clients need no certificate

    private Tls(TlsKeyPair identity, List<X509Certificate> clientAuthorities) {
        this.identity = identity;
        this.clientAuthorities = clientAuthorities;
    }

    /**
     * Reads the files.
     *
     * @throws IOException if one isn't what it should be, or the server's certificate isn't valid now; the message
     *     names the file
     */
    static Tls read(TlsFiles files) throws IOException {
        List<X509Certificate> chain = certificates(files.certificate());
        for (X509Certificate one : chain) {
            requireValid(files.certificate(), one, Instant.now());
        }
        List<X509Certificate> authorities =
                files.clientCa().isPresent() ? certificates(files.clientCa().get()) : List.of();
        return new Tls(identity(files, chain.getFirst()), authorities);
    }

    private static TlsKeyPair identity(TlsFiles files, X509Certificate own) throws IOException {
        Files.newInputStream(files.key()).close(); // fails if it may not be read, of which TlsKeyPair says "not found"
        try {
            TlsKeyPair pair =
                    TlsKeyPair.of(files.key().toFile(), files.certificate().toFile());
            if (isKeyOf(pair.privateKey(), own)) {
                return pair;
            }
        } catch (RuntimeException | GeneralSecurityException e) {
            throw new IOException(notItsKey(files) + ": " + e.getMessage(), e);
        }
        throw new IOException(notItsKey(files));
    }

    private static String notItsKey(TlsFiles files) {
        return files.key() + ": isn't the PKCS 8 key of " + files.certificate();
    }

    /** Returns whether a signature by the key is one of the certificate's owner. */
    private static boolean isKeyOf(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }

    private static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .forEach(one -> certificates.add((X509Certificate) one));
        } catch (CertificateException e) {
            throw new IOException(file + ": has no X.509 certificate in PEM format: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + ": has no X.509 certificate in PEM format");
        }
        return certificates;
    }

    private static void requireValid(Path file, X509Certificate certificate, Instant now) throws IOException {
        String subject = file + ": " + certificate.getSubjectX500Principal();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            throw new IOException(subject + " expired on " + end);
        }
        Instant begin = certificate.getNotBefore().toInstant();
        if (now.isBefore(begin)) {
            throw new IOException(subject + " isn't valid before " + begin);
        }
    }

    void configure(ServerBuilder builder) {
        builder.tls(identity);
        if (!clientAuthorities.isEmpty()) {
            ClientTrust trust = ClientTrust.of(clientAuthorities);
            builder.tlsCustomizer(context -> context.trustManager(trust).clientAuth(ClientAuth.REQUIRE));
        }
    }
}
