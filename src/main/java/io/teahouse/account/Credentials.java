package io.teahouse.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is kept of a password: it can be recognised by it, not read. */
public sealed interface Credentials {
    /** As one line, from which {@link #parse} makes the same again. */
    String encoded();

    /**
     * A verifier of SCRAM-SHA-256 (RFC 5802 §3): the password itself is not needed to recognise who knows it. Its line
     * is that of PostgreSQL: {@code SCRAM-SHA-256$ITERATIONS:SALT$STOREDKEY:SERVERKEY}.
     *
     * @param salt in base64, as are the keys
     */
    record Scram(String salt, int iterations, String storedKey, String serverKey) implements Credentials {
        private static final String PREFIX = "SCRAM-SHA-256$";
        private static final String BASE64 = "([A-Za-z0-9+/]+={0,2})";
        private static final Pattern FORM =
                Pattern.compile("SCRAM-SHA-256\\$([1-9][0-9]{0,8}):" + BASE64 + "\\$" + BASE64 + ":" + BASE64);

        @Override
        public String encoded() {
            return PREFIX + iterations + ":" + salt + "$" + storedKey + ":" + serverKey;
        }

        @Override
        public String toString() {
            return "a SCRAM verifier";
        }
    }

    /**
     * A hash by Argon2id (RFC 9106).
     *
     * @param encoded in the form of the PHC: {@code $argon2id$v=19$m=KIB,t=PASSES,p=LANES$SALT$HASH}
     */
    record Argon2id(String encoded) implements Credentials {
        /** Memory in KiB, passes, lanes, salt, hash. */
        static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,7}),t=([1-9][0-9]{0,3}),"
                + "p=([1-9][0-9]{0,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

        /** @throws IllegalArgumentException when it is no such hash */
        public Argon2id {
            if (!FORM.matcher(encoded).matches()) {
                throw new IllegalArgumentException("no hash by Argon2id");
            }
        }

        @Override
        public String toString() {
            return "a hash by Argon2id";
        }
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IllegalArgumentException when it is neither
     */
    static Credentials parse(String line) {
        Matcher scram = Scram.FORM.matcher(line);
        if (scram.matches()) {
            return new Scram(scram.group(2), Integer.parseInt(scram.group(1)), scram.group(3), scram.group(4));
        }
        return new Argon2id(line);
    }
}
