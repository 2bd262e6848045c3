package io.teahouse.account;

import java.security.SecureRandom;
import java.util.Optional;

/** Makes credentials from passwords, as the settings require, and checks passwords against them. Pure; slow. */
final class Passwords {
    /** Longer passwords are not hashed: they only keep the server busy. */
    static final int MOST_CHARACTERS = 1024;

    private final int scramIterations;
    private final int memoryKib;

    /** @param scramIterations 0: passwords are hashed by Argon2id */
    Passwords(int scramIterations, int memoryKib) {
        this.scramIterations = scramIterations;
        this.memoryKib = memoryKib;
    }

    /** False: it is empty, or too long. */
    static boolean isUsable(String password) {
        return !password.isEmpty() && password.length() <= MOST_CHARACTERS;
    }

    /** Empty: the password has only invisible characters, so that nothing is left to be hashed. */
    Optional<Credentials> make(String password) {
        try {
            return Optional.of(
                    scramIterations > 0
                            ? ScramSha256.make(password, salt(ScramSha256.SALT_BYTES), scramIterations)
                            : Argon2.make(password, salt(Argon2.SALT_BYTES), memoryKib));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // by the library, for its first character
            return Optional.empty();
        }
    }

    private static byte[] salt(int bytes) {
        byte[] salt = new byte[bytes];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    /** Whether that is the password. Without credentials it takes as long, so that nobody learns which accounts exist. */
    boolean matches(Optional<Credentials> stored, String password) {
        try {
            if (stored.isEmpty()) {
                make(password);
                return false;
            } else if (stored.get() instanceof Credentials.Scram scram) {
                return matches(scram, password);
            }
            return Argon2.matches((Credentials.Argon2id) stored.get(), password);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // nothing is left to be hashed
        }
    }

    /** A wrong password takes as long as without an account, even if the verifier was made with fewer iterations. */
    private boolean matches(Credentials.Scram stored, String password) {
        boolean right = ScramSha256.matches(stored, password);
        if (!right && stored.iterations() < scramIterations) {
            ScramSha256.work(password, salt(ScramSha256.SALT_BYTES), scramIterations - stored.iterations());
        }
        return right;
    }

    /** Whether they were made with the current settings. */
    boolean isCurrent(Credentials stored) {
        if (stored instanceof Credentials.Scram scram) {
            return scram.iterations() == scramIterations;
        }
        return scramIterations == 0 && Argon2.isCurrent((Credentials.Argon2id) stored, memoryKib);
    }
}
