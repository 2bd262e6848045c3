package io.teahouse.account;

import java.security.SecureRandom;
import java.util.Optional;

/** Makes what is kept of passwords, as the settings want it, and recognises them by it. Any thread; takes a while. */
final class Passwords {
    /** Longer ones are not hashed: somebody is only keeping the server busy. */
    static final int MOST_CHARACTERS = 1024;

    private final int scramIterations;
    private final int memoryKib;

    /** @param scramIterations 0: by Argon2id */
    Passwords(int scramIterations, int memoryKib) {
        this.scramIterations = scramIterations;
        this.memoryKib = memoryKib;
    }

    /** False: it is empty, or too long. */
    static boolean isUsable(String password) {
        return !password.isEmpty() && password.length() <= MOST_CHARACTERS;
    }

    /** Empty: all of the password is invisible, so that nothing is left of it. */
    Optional<Credentials> make(String password) {
        try {
            return Optional.of(
                    scramIterations > 0
                            ? ScramSha256.make(password, salt(ScramSha256.SALT_BYTES), scramIterations)
                            : Argon2.make(password, salt(Argon2.SALT_BYTES), memoryKib));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // the library looks for its first letter
            return Optional.empty();
        }
    }

    private static byte[] salt(int bytes) {
        byte[] salt = new byte[bytes];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    /** Whether that is the password. Where there is no account, as much is done for nothing. */
    boolean matches(Optional<Credentials> kept, String password) {
        try {
            if (kept.isEmpty()) {
                make(password);
                return false;
            } else if (kept.get() instanceof Credentials.Scram scram) {
                return matches(scram, password);
            }
            return Argon2.matches((Credentials.Argon2id) kept.get(), password);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return false; // nothing is left of it
        }
    }

    /** A wrong one takes as long as with no account, also where the verifier was made with fewer iterations. */
    private boolean matches(Credentials.Scram kept, String password) {
        boolean right = ScramSha256.matches(kept, password);
        if (!right && kept.iterations() < scramIterations) {
            ScramSha256.work(password, salt(ScramSha256.SALT_BYTES), scramIterations - kept.iterations());
        }
        return right;
    }

    /** Whether they are what would be made today. */
    boolean isCurrent(Credentials kept) {
        if (kept instanceof Credentials.Scram scram) {
            return scram.iterations() == scramIterations;
        }
        return scramIterations == 0 && Argon2.isCurrent((Credentials.Argon2id) kept, memoryKib);
    }
}
