package io.teahouse.net;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Checks the files with which the nodes of a cluster prove to each other that they belong to it. Akka reads them itself, at the first
 * connection, where a mistake would only be seen in the log.
 */
public final class PeerCertificate {
    private PeerCertificate() {}

    /**
     * Checks what Akka's {@code RotatingKeysSSLEngineProvider} needs.
     *
     * @param certificate of this node
     * @param key of this certificate, and nothing else
     * @param authority the certificate that has signed it, directly
     * @throws BadCertificate when Akka could not use them
     */
    public static void check(Path certificate, Path key, Path authority) throws BadCertificate {
        new ServerCertificate(certificate, key, List.of());
        X509Certificate own = first(certificate);
        if (!own.getPublicKey().getAlgorithm().equals("RSA")) {
            throw new BadCertificate(certificate + " has a key for "
                    + own.getPublicKey().getAlgorithm() + ": only RSA can be used here");
        }
        if (!new PemFile(key).isOneObject()) {
            throw new BadCertificate(key + " holds more than the key, and may not");
        }
        try {
            own.verify(first(authority).getPublicKey());
        } catch (GeneralSecurityException e) {
            throw new BadCertificate(
                    "the authority in " + authority + " has not signed the certificate in " + certificate);
        }
    }

    private static X509Certificate first(Path file) throws BadCertificate {
        List<X509Certificate> certificates = new PemFile(file).certificates();
        if (certificates.isEmpty()) {
            throw new BadCertificate(file + " holds no certificate in PEM");
        }
        return certificates.get(0);
    }
}
