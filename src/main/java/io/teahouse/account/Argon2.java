package io.teahouse.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106). Pure; slow, and needs memory. */
final class Argon2 {
    static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;

    /** With 19 MiB this is what OWASP recommends. */
    private static final int PASSES = 2;

    private Argon2() {}

    /** @throws RuntimeException if no characters of the password are left to be hashed */
    static Credentials.Argon2id make(String password, byte[] salt, int memoryKib) {
        byte[] hash = hash(password, salt, memoryKib, PASSES, 1, HASH_BYTES);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new Credentials.Argon2id(
                start(memoryKib) + base64.encodeToString(salt) + "$" + base64.encodeToString(hash));
    }

    /** Whether it was made with the current settings. */
    static boolean isCurrent(Credentials.Argon2id stored, int memoryKib) {
        return stored.encoded().startsWith(start(memoryKib));
    }

    private static String start(int memoryKib) {
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + PASSES + ",p=1$";
    }

    static boolean matches(Credentials.Argon2id stored, String password) {
        Matcher parts = Credentials.Argon2id.FORM.matcher(stored.encoded());
        if (!parts.matches()) {
            throw new IllegalStateException("the constructor of Argon2id checks the form");
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] hash = Base64.getDecoder().decode(parts.group(5));
        int memory = Integer.parseInt(parts.group(1));
        int passes = Integer.parseInt(parts.group(2));
        int lanes = Integer.parseInt(parts.group(3));
        return MessageDigest.isEqual(hash, hash(password, salt, memory, passes, lanes, hash.length));
    }

    private static byte[] hash(String password, byte[] salt, int memoryKib, int passes, int lanes, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[bytes];
        String prepared = new String(ScramSha256.prepare(password));
        generator.generateBytes(prepared.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
