package io.teahouse.account;

import java.security.SecureRandom;

/**
 * A code that an operator gives to a user who has forgotten their password. It can be used once in place of the password.
 *
 * @param text what the user types
 * @param credentials what the text is checked against
 */
public record ResetCode(String text, Credentials credentials) {
    /** Letters and digits, without those that look alike. */
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private static final int GROUPS = 4;
    private static final int GROUP = 5;

    /** Creates a random code. Takes as long as hashing a password. */
    public static ResetCode make(AccountSettings settings) {
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        Passwords passwords = new Passwords(
                settings.hashing().scramIterations(), settings.hashing().memoryKib());
        return new ResetCode(text.toString(), passwords.make(text.toString()).orElseThrow());
    }

    /** Without the code. */
    @Override
    public String toString() {
        return "a reset code";
    }
}
