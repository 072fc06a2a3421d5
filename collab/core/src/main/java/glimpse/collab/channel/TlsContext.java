package glimpse.collab.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Makes TLS contexts of PEM files. */
public final class TlsContext {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {}; // of a store that never leaves this process

    private TlsContext() {}

    /**
     * A certificate that an edge presents, and its key.
     *
     * @param certificates PEM, the edge's own certificate first, then those that it was issued by
     * @param key PEM, PKCS #8, not encrypted
     */
    public record Identity(Path certificates, Path key) {}

    /**
     * Makes a context.
     *
     * @param authorities PEM certificates that are trusted in place of the JDK's
     * @param identity what a server that asks for a certificate is shown
     * @throws IOException if a file can't be read or isn't what it should be; the message names the file
     */
    public static SSLContext of(Optional<Path> authorities, Optional<Identity> identity) throws IOException {
        KeyManager[] keys = identity.isPresent() ? keyManagers(identity.get()) : new KeyManager[0];
        TrustManager[] trust = trustManagers(authorities);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] trustManagers(Optional<Path> authorities) throws IOException {
        try {
            Optional<KeyStore> store = Optional.empty();
            if (authorities.isPresent()) {
                KeyStore trusted = emptyStore();
                for (Certificate certificate : certificates(authorities.get())) {
                    trusted.setCertificateEntry("ca" + trusted.size(), certificate);
                }
                store = Optional.of(trusted);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store.orElse(null)); // null: the JDK's authorities
            return factory.getTrustManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keyManagers(Identity identity) throws IOException {
        List<Certificate> chain = certificates(identity.certificates());
        PrivateKey key = key(identity.key(), chain.getFirst().getPublicKey().getAlgorithm());
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("edge", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException e) {
            throw new IOException(identity.certificates() + ": unusable: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static List<Certificate> certificates(Path file) throws IOException {
        byte[] pem = Files.readAllBytes(file);
        try {
            List<Certificate> certificates = List.copyOf(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            throw new IOException(file + ": expected certificates in PEM: " + e.getMessage(), e);
        }
        throw new IOException(file + ": has no certificate, expected some in PEM");
    }

    private static PrivateKey key(Path file, String algorithm) throws IOException {
        Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(
                    file + ": has no key of the form -----BEGIN PRIVATE KEY----- (PKCS #8, not encrypted);"
                            + " openssl pkcs8 -topk8 -nodes converts others");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException | IllegalArgumentException e) {
            throw new IOException(file + ": isn't the key of an " + algorithm + " certificate: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": no support for " + algorithm + " keys", e);
        }
    }
}
