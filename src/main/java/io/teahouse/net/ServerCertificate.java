package io.teahouse.net;

import akka.pki.pem.DERPrivateKeyLoader;
import akka.pki.pem.PEMDecoder;
import akka.pki.pem.PEMLoadingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Collection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The certificate by which the server shows who it is, and its key: two files in PEM. Another one may take its place
 * while the server runs. Connections that stand keep what they have. Any thread.
 */
public final class ServerCertificate {
    /** What is safe (RFC 9325 §3.1.1). */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private static final char[] NO_PASSWORD = new char[0];

    private final Path certificate;
    private final Path key;
    private volatile SSLContext context;

    /** It cannot be used; the message is one line for a person. */
    public static final class BadCertificate extends Exception {
        private static final long serialVersionUID = 1;

        BadCertificate(String why) {
            super(why);
        }
    }

    /**
     * Reads both.
     *
     * @param certificate the server's own, followed by those that lead to its authority
     * @param key PKCS#8 or PKCS#1, without a password
     * @throws BadCertificate when a file cannot be read or the certificate is not valid today
     */
    public ServerCertificate(Path certificate, Path key) throws BadCertificate {
        this.certificate = certificate;
        this.key = key;
        this.context = load();
    }

    /** From now on new connections get what {@code fresh} has read. */
    public void become(ServerCertificate fresh) {
        context = fresh.context;
    }

    /** The server's end of a new connection. */
    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }

    private SSLContext load() throws BadCertificate {
        Certificate[] chain = chain();
        PrivateKey loaded = privateKey(chain[0].getPublicKey().getAlgorithm());
        try {
            if (!belongTogether(chain[0].getPublicKey(), loaded)) {
                throw new BadCertificate(key + " is not the key of the certificate in " + certificate);
            }
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, NO_PASSWORD);
            keys.setKeyEntry("server", loaded, NO_PASSWORD, chain);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, NO_PASSWORD);
            SSLContext fresh = SSLContext.getInstance("TLS");
            fresh.init(managers.getKeyManagers(), null, null);
            return fresh;
        } catch (GeneralSecurityException | IOException e) {
            throw new BadCertificate("the certificate and the key cannot be used together: " + e.getMessage());
        }
    }

    /** Nobody else would notice before the first client comes. */
    private static boolean belongTogether(PublicKey known, PrivateKey secret) throws GeneralSecurityException {
        String algorithm = known.getAlgorithm();
        if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
            return true;
        }
        Signature signature = Signature.getInstance(algorithm.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(secret);
        signature.update(known.getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(known);
        signature.update(known.getEncoded());
        return signature.verify(signed);
    }

    private Certificate[] chain() throws BadCertificate {
        Collection<? extends Certificate> found;
        try {
            byte[] bytes = read(certificate).getBytes(StandardCharsets.UTF_8);
            found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw new BadCertificate(certificate + " holds no certificate in PEM");
        }
        if (found.isEmpty() || !(found.iterator().next() instanceof X509Certificate own)) {
            throw new BadCertificate(certificate + " holds no certificate in PEM");
        }
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            Instant end = own.getNotAfter().toInstant();
            throw new BadCertificate("the certificate in " + certificate + " expired on " + end);
        } catch (CertificateNotYetValidException e) {
            Instant begin = own.getNotBefore().toInstant();
            throw new BadCertificate("the certificate in " + certificate + " is not valid before " + begin);
        }
        return found.toArray(new Certificate[0]);
    }

    private PrivateKey privateKey(String algorithm) throws BadCertificate {
        try {
            PEMDecoder.DERData found = PEMDecoder.decode(read(key));
            return found.label().equals("PRIVATE KEY")
                    ? KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(found.bytes()))
                    : DERPrivateKeyLoader.load(found);
        } catch (PEMLoadingException | GeneralSecurityException e) {
            throw new BadCertificate(key + " holds no key for it (in PEM, PKCS#8 or RSA's PKCS#1, without a password)");
        }
    }

    private static String read(Path file) throws BadCertificate {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new BadCertificate(file + " does not exist");
        } catch (IOException e) {
            throw new BadCertificate(file + " cannot be read");
        }
    }
}
