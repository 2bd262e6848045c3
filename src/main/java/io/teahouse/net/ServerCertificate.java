package io.teahouse.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the server and its key: two files in PEM, or one that holds both. It can be replaced while the
 * server runs; connections that are open keep the old one. Thread-safe.
 */
public final class ServerCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServerCertificate.class);

    /** The safe versions (RFC 9325 §3.1.1). */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    /** The cipher suites with forward secrecy and authenticated encryption (RFC 9325 §4.2). */
    private static final List<String> SAFE_SUITES = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private static final char[] NO_PASSWORD = new char[0];

    private final Path certificate;
    private final Path key;
    private volatile Identity identity;

    /** @param expires when the first certificate of the chain to expire does */
    private record Identity(SSLContext context, X509Certificate own, Instant expires, List<String> suites) {}

    /**
     * Reads both files, and warns if other users of the machine can read the key.
     *
     * @param certificate the server's own, and the intermediate ones
     * @param key without a password; may be the same file
     * @param suites the names of the allowed cipher suites; none: the safe ones
     * @throws BadCertificate when a file cannot be read or the certificate is not valid today
     */
    public ServerCertificate(Path certificate, Path key, List<String> suites) throws BadCertificate {
        this.certificate = certificate;
        this.key = key;
        this.identity = identity(suites.isEmpty() ? supported(SAFE_SUITES) : List.copyOf(suites));
        warnIfReadable();
    }

    /** New connections get the certificate of {@code fresh} from now on. Returns whether it is another one. */
    public boolean replaceWith(ServerCertificate fresh) {
        boolean other = !fresh.identity.own.equals(identity.own);
        identity = fresh.identity;
        return other;
    }

    /** The given cipher suites that this JVM supports. */
    public static List<String> supported(List<String> suites) throws BadCertificate {
        try {
            String[] all = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
            return suites.stream().filter(Arrays.asList(all)::contains).toList();
        } catch (GeneralSecurityException e) {
            throw new BadCertificate("TLS cannot be used: " + e.getMessage());
        }
    }

    /**
     * The server's end of a new connection.
     *
     * @param protocol the name of what is spoken, in ALPN (RFC 7301); a client that asks for others only is refused
     */
    public SSLEngine engine(String protocol) {
        Identity mine = identity;
        SSLEngine engine = mine.context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(mine.suites.toArray(new String[0]));
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        engine.setHandshakeApplicationProtocolSelector((self, offered) -> select(offered, protocol));
        return engine;
    }

    /** Null fails the handshake. */
    private static @Nullable String select(List<String> offered, String protocol) {
        return offered.contains(protocol) ? protocol : null;
    }

    /** When the server's certificate expires, or an intermediate one before it. */
    public Instant expires() {
        return identity.expires;
    }

    private Identity identity(List<String> suites) throws BadCertificate {
        PemFile certificates = new PemFile(certificate);
        PemFile keys = key.equals(certificate) ? certificates : new PemFile(key);
        List<X509Certificate> known = certificates.certificates();
        if (known.isEmpty()) {
            throw new BadCertificate(certificate + " holds no certificate in PEM");
        }
        List<PrivateKey> secrets = keys.privateKeys(known.get(0).getPublicKey());
        if (secrets.isEmpty()) {
            throw new BadCertificate(
                    key + " holds no key for it (in PEM: PKCS#8, RSA's PKCS#1 or EC's SEC1, without a password)");
        }
        try {
            for (PrivateKey secret : secrets) {
                Optional<X509Certificate> own = own(known, secret);
                if (own.isPresent()) {
                    checkValidity(own.get());
                    X509Certificate[] chain = chain(own.get(), known);
                    return new Identity(context(chain, secret), own.get(), expiry(chain), suites);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new BadCertificate("the certificate and the key cannot be used together: " + e.getMessage());
        }
        throw new BadCertificate(key + " is not the key of the certificate in " + certificate);
    }

    private static SSLContext context(X509Certificate[] chain, PrivateKey secret)
            throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, NO_PASSWORD);
        keys.setKeyEntry("server", secret, NO_PASSWORD, chain);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, NO_PASSWORD);
        SSLContext fresh = SSLContext.getInstance("TLS");
        fresh.init(managers.getKeyManagers(), null, null);
        return fresh;
    }

    private static Optional<X509Certificate> own(List<X509Certificate> known, PrivateKey secret)
            throws GeneralSecurityException {
        for (X509Certificate each : known) {
            if (isPair(each.getPublicKey(), secret)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Checked at the start, because otherwise only the first handshake would fail. */
    private static boolean isPair(PublicKey known, PrivateKey secret) throws GeneralSecurityException {
        if (!known.getAlgorithm().equals(secret.getAlgorithm())) {
            return false;
        }
        String algorithm = switch (known.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> known.getAlgorithm();
        };
        if (algorithm.equals("RSASSA-PSS")) {
            return true; // needs parameters to sign with
        }
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(secret);
        signature.update(known.getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(known.getEncoded());
        return signature.verify(signed);
    }

    private static Instant expiry(X509Certificate[] chain) {
        Instant first = Instant.MAX;
        for (X509Certificate each : chain) {
            Instant end = each.getNotAfter().toInstant();
            first = end.isBefore(first) ? end : first;
        }
        return first;
    }

    /** The server's own certificate, then the issuer of each previous one; files may have them in any order. */
    private static X509Certificate[] chain(X509Certificate own, List<X509Certificate> known) {
        List<X509Certificate> chain = new ArrayList<>(List.of(own));
        Optional<X509Certificate> next = Optional.of(own);
        while (next.isPresent()) {
            X509Certificate last = next.get();
            next = known.stream()
                    .filter(each -> !chain.contains(each)
                            && each.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .findFirst();
            next.ifPresent(chain::add);
        }
        return chain.toArray(new X509Certificate[0]);
    }

    private void checkValidity(X509Certificate own) throws BadCertificate {
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            Instant end = own.getNotAfter().toInstant();
            throw new BadCertificate("the certificate in " + certificate + " expired on " + end);
        } catch (CertificateNotYetValidException e) {
            Instant begin = own.getNotBefore().toInstant();
            throw new BadCertificate("the certificate in " + certificate + " is not valid before " + begin);
        }
    }

    private void warnIfReadable() {
        try {
            Set<PosixFilePermission> granted = Files.getPosixFilePermissions(key);
            if (granted.contains(PosixFilePermission.OTHERS_READ)
                    || granted.contains(PosixFilePermission.OTHERS_WRITE)) {
                LOG.warn("everybody on this machine can read the key of the server, {}: chmod 600 {}", key, key);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("cannot tell who can read {}", key, e);
        }
    }
}
