package io.teahouse.wire.irc;

import io.teahouse.account.Account;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.Challenge;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A login by SASL that has begun (IRCv3 sasl-3.1): what was agreed on, and how far it has come. */
public final class SaslExchange {
    /** So much of a message goes into one line; a shorter piece is its last. */
    public static final int PIECE = 400;

    /** The longest message, in base64: a password as long as may be, of any letters. */
    private static final int LONGEST = 8 * 1024;

    /** How somebody can show who he is. */
    public enum Mechanism {
        PLAIN("PLAIN"),
        SCRAM_SHA_256("SCRAM-SHA-256");

        private final String text;

        Mechanism(String text) {
            this.text = text;
        }

        private boolean isOffered(AccountSettings by) {
            return this == PLAIN ? by.enabled() : by.scram();
        }

        /** Empty: there is none of that name, in any case, or it is not offered. */
        public static Optional<Mechanism> named(String name, AccountSettings by) {
            return Arrays.stream(values())
                    .filter(each -> each.text.equalsIgnoreCase(name) && each.isOffered(by))
                    .findFirst();
        }

        /** {@code PLAIN,SCRAM-SHA-256} */
        public static String list(AccountSettings by) {
            return Arrays.stream(values())
                    .filter(each -> each.isOffered(by))
                    .map(each -> each.text)
                    .collect(Collectors.joining(","));
        }
    }

    private final Mechanism mechanism;
    private StringBuilder gathered = new StringBuilder();
    private Optional<Challenge> challenge = Optional.empty();
    private Optional<Account> won = Optional.empty();

    public SaslExchange(Mechanism mechanism) {
        this.mechanism = mechanism;
    }

    public Mechanism mechanism() {
        return mechanism;
    }

    /** What was gathered of a message becomes too long with that. */
    public boolean isTooLong(String piece) {
        return gathered.length() + piece.length() > LONGEST;
    }

    /** Takes a piece of a message; returns all of it, in base64, if that was the last. {@code +} is an empty piece. */
    public Optional<String> take(String piece) {
        if (!piece.equals("+")) {
            gathered.append(piece);
        }
        if (piece.length() == PIECE) {
            return Optional.empty();
        }
        String message = gathered.toString();
        gathered = new StringBuilder();
        return Optional.of(message);
    }

    /** How much was gathered. */
    int size() {
        return gathered.length();
    }

    /** What the client has been asked, by SCRAM. */
    public Optional<Challenge> challenge() {
        return challenge;
    }

    public void challenge(Challenge sent) {
        challenge = Optional.of(sent);
    }

    /** Whose account it is, once the client has shown it and need only acknowledge that it knows the server. */
    public Optional<Account> won() {
        return won;
    }

    public void won(Account account) {
        won = Optional.of(account);
    }
}
