package io.teahouse.account;

import static com.ongres.scram.common.ScramMechanism.SCRAM_SHA_256;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.StringPreparation;
import java.security.MessageDigest;
import java.util.Base64;

/** The computations of SCRAM-SHA-256 (RFC 5802 §3, RFC 7677). Pure; those that start from a password are slow. */
final class ScramSha256 {
    static final int SALT_BYTES = 16;

    private ScramSha256() {}

    /**
     * Normalizes a password by SASLprep (RFC 4013). A password that SASLprep rejects, because it has characters newer than
     * Unicode 3.2 or mixes writing directions, stays as it is, as in PostgreSQL: clients do the same.
     *
     * @throws RuntimeException if no characters are left
     */
    static char[] prepare(String password) {
        return StringPreparation.POSTGRESQL_PREPARATION.normalize(password.toCharArray());
    }

    /** @throws RuntimeException if no characters of the password are left to be hashed */
    static Credentials.Scram make(String password, byte[] salt, int iterations) {
        byte[] salted = salted(password, salt, iterations);
        byte[] storedKey = ScramFunctions.storedKey(SCRAM_SHA_256, ScramFunctions.clientKey(SCRAM_SHA_256, salted));
        byte[] serverKey = ScramFunctions.serverKey(SCRAM_SHA_256, salted);
        return new Credentials.Scram(encode(salt), iterations, encode(storedKey), encode(serverKey));
    }

    private static byte[] salted(String password, byte[] salt, int iterations) {
        return ScramFunctions.saltedPassword(
                SCRAM_SHA_256, StringPreparation.POSTGRESQL_PREPARATION, password.toCharArray(), salt, iterations);
    }

    /** Whether the verifier was made of that password. */
    static boolean matches(Credentials.Scram verifier, String password) {
        byte[] salted = salted(password, decode(verifier.salt()), verifier.iterations());
        byte[] serverKey = ScramFunctions.serverKey(SCRAM_SHA_256, salted);
        return MessageDigest.isEqual(serverKey, decode(verifier.serverKey()));
    }

    /** Whether the client that sent the proof knows the password (RFC 5802 §3: StoredKey = H(ClientProof XOR ClientSignature)). */
    static boolean isProof(Credentials.Scram verifier, byte[] proof, String authMessage) {
        byte[] storedKey = decode(verifier.storedKey());
        byte[] clientKey = ScramFunctions.clientSignature(SCRAM_SHA_256, storedKey, authMessage);
        if (proof.length != clientKey.length) {
            return false;
        }
        for (int i = 0; i < proof.length; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(storedKey, ScramFunctions.storedKey(SCRAM_SHA_256, clientKey));
    }

    /** Shows the client that the server knows the verifier; in base64. */
    static String signature(Credentials.Scram verifier, String authMessage) {
        return encode(ScramFunctions.serverSignature(SCRAM_SHA_256, decode(verifier.serverKey()), authMessage));
    }

    /**
     * A verifier for a name that no account has. It is always the same for that name, so that asking twice tells no more
     * than asking once, and no password matches it.
     *
     * @param secret known to the server alone
     */
    static Credentials.Scram nobody(byte[] secret, String key, int iterations) {
        byte[] salt = new byte[SALT_BYTES];
        System.arraycopy(derived(secret, "salt", key), 0, salt, 0, SALT_BYTES);
        return new Credentials.Scram(
                encode(salt),
                iterations,
                encode(derived(secret, "stored", key)),
                encode(derived(secret, "server", key)));
    }

    /**
     * A keyed hash, HMAC-SHA-256.
     *
     * @param secret known to the server alone
     * @param what the purpose, without a colon
     */
    static byte[] derived(byte[] secret, String what, String key) {
        return ScramFunctions.clientSignature(SCRAM_SHA_256, secret, what + ":" + key);
    }

    /** Takes as long as that many iterations do. */
    static void work(String password, byte[] salt, int iterations) {
        salted(password, salt, iterations);
    }

    private static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
