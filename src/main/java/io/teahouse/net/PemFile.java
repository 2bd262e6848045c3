package io.teahouse.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * The certificates and private keys in a PEM file (RFC 7468), in any order, with any text between them. Keys are in
 * PKCS#8, in PKCS#1 for RSA, or in SEC1 (RFC 5915) for EC.
 */
final class PemFile {
    private static final long LARGEST = 1 << 20;
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

    private static final String BEGIN = "-----BEGIN ";

    private final Path file;
    private final String text;
    private final List<PemObject> objects;

    /** @throws BadCertificate when it cannot be read */
    PemFile(Path file) throws BadCertificate {
        this.file = file;
        this.text = lines(file, bytes(file));
        this.objects = objects(file, text);
    }

    private static byte[] bytes(Path file) throws BadCertificate {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) { // reading a pipe would block
                throw new BadCertificate(file + " is not a regular file");
            } else if (Files.size(file) > LARGEST) {
                throw new BadCertificate(file + " is too large for a certificate or a key");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new BadCertificate(file + " does not exist");
        } catch (AccessDeniedException e) {
            throw new BadCertificate(file + " may not be read by the user that runs the server");
        } catch (IOException e) {
            throw new BadCertificate(file + " cannot be read");
        }
    }

    private static String lines(Path file, byte[] bytes) throws BadCertificate {
        if (bytes.length > 0 && bytes[0] == 0x30) { // a sequence of ASN.1
            throw new BadCertificate(
                    file
                            + " is binary (DER or PKCS#12): convert it to PEM with openssl x509, openssl pkey or openssl pkcs12");
        }
        return text(bytes).lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static List<PemObject> objects(Path file, String text) throws BadCertificate {
        List<PemObject> objects = new ArrayList<>();
        try (PemReader reader = new PemReader(new StringReader(text))) {
            for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
                objects.add(next);
            }
        } catch (IOException | RuntimeException e) {
            throw new BadCertificate(file + " is damaged: its PEM is incomplete");
        }
        return objects;
    }

    /** Editors on Windows start a file with a byte order mark. */
    private static String text(byte[] bytes) {
        Charset charset = StandardCharsets.UTF_8;
        if (bytes.length > 1 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE) {
            charset = StandardCharsets.UTF_16LE;
        } else if (bytes.length > 1 && bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF) {
            charset = StandardCharsets.UTF_16BE;
        }
        String text = new String(bytes, charset);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Whether there is one certificate or key, and no text around it. */
    boolean isOneObject() {
        return objects.size() == 1 && text.startsWith(BEGIN) && text.strip().endsWith("-----");
    }

    List<X509Certificate> certificates() throws BadCertificate {
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemObject each : objects) {
                if (each.getType().equals("CERTIFICATE") || each.getType().equals("X509 CERTIFICATE")) {
                    ByteArrayInputStream in = new ByteArrayInputStream(each.getContent());
                    found.add((X509Certificate) factory.generateCertificate(in));
                }
            }
        } catch (GeneralSecurityException e) {
            throw new BadCertificate(file + " holds a certificate that cannot be read");
        }
        return found;
    }

    /** @param known a public key with the curve, for a private key that does not name it */
    List<PrivateKey> privateKeys(PublicKey known) throws BadCertificate {
        List<PrivateKey> found = new ArrayList<>();
        for (PemObject each : objects) {
            if (isEncrypted(each)) {
                throw new BadCertificate("the key in " + file
                        + " is protected by a password: remove it with openssl pkey -in KEY -out NEW-KEY");
            } else if (each.getType().endsWith("PRIVATE KEY")) {
                pkcs8(each, known).flatMap(PemFile::privateKey).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean isEncrypted(PemObject object) {
        for (Object each : object.getHeaders()) {
            if (each instanceof PemHeader header && header.getValue().contains("ENCRYPTED")) {
                return true;
            }
        }
        return object.getType().equals("ENCRYPTED PRIVATE KEY");
    }

    private static Optional<byte[]> pkcs8(PemObject object, PublicKey known) {
        byte[] content = object.getContent();
        try {
            return switch (object.getType()) {
                case "PRIVATE KEY" -> Optional.of(content);
                case "RSA PRIVATE KEY" -> {
                    AlgorithmIdentifier rsa =
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
                    yield Optional.of(new PrivateKeyInfo(rsa, RSAPrivateKey.getInstance(content)).getEncoded());
                }
                case "EC PRIVATE KEY" -> {
                    AlgorithmIdentifier curve =
                            SubjectPublicKeyInfo.getInstance(known.getEncoded()).getAlgorithm();
                    yield Optional.of(new PrivateKeyInfo(curve, ECPrivateKey.getInstance(content)).getEncoded());
                }
                default -> Optional.empty();
            };
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<PrivateKey> privateKey(byte[] pkcs8) {
        for (String algorithm : ALGORITHMS) {
            try {
                return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8)));
            } catch (GeneralSecurityException e) {
                // a key of another algorithm
            }
        }
        return Optional.empty();
    }
}
