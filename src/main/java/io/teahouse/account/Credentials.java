package io.teahouse.account;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is stored of a password: a password can be checked against it, but not recovered from it. */
public sealed interface Credentials {
    /** One line, which {@link #parse} reads. */
    String encoded();

    /**
     * A verifier of SCRAM-SHA-256 (RFC 5802 §3): it shows whether a client knows the password, without the password being
     * sent. Encoded as by PostgreSQL: {@code SCRAM-SHA-256$ITERATIONS:SALT$STOREDKEY:SERVERKEY}.
     *
     * @param salt in base64, like the keys
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
     * @param encoded in the PHC string format: {@code $argon2id$v=19$m=KIB,t=PASSES,p=LANES$SALT$HASH}
     */
    record Argon2id(String encoded) implements Credentials {
        /** Memory in KiB, passes, lanes, salt, hash. */
        static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,7}),t=([1-9][0-9]{0,3}),"
                + "p=([1-9][0-9]{0,2})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

        /** @throws IllegalArgumentException if it has another form */
        public Argon2id {
            if (!FORM.matcher(encoded).matches()) {
                throw new IllegalArgumentException("not a hash by Argon2id");
            }
        }

        @Override
        public String toString() {
            return "a hash by Argon2id";
        }
    }

    /**
     * Reads a line that {@link #encoded} wrote.
     *
     * @throws IllegalArgumentException if it is of neither kind
     */
    static Credentials parse(String line) {
        Matcher scram = Scram.FORM.matcher(line);
        if (scram.matches()) {
            return new Scram(scram.group(2), Integer.parseInt(scram.group(1)), scram.group(3), scram.group(4));
        }
        return new Argon2id(line);
    }
}
