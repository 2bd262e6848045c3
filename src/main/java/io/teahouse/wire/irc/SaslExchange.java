package io.teahouse.wire.irc;

import io.teahouse.account.AccountSettings;
import io.teahouse.account.Challenge;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A SASL exchange in progress (IRCv3 sasl-3.1): its mechanism, and the messages so far. */
public final class SaslExchange {
    /** The most characters of a message in one line; a shorter piece is the last. */
    public static final int CHUNK = 400;

    /** The longest message in base64: enough for the longest password, in any script. */
    private static final int LONGEST = 8 * 1024;

    /** A SASL mechanism. */
    public enum Mechanism {
        PLAIN("PLAIN"),
        SCRAM_SHA_256("SCRAM-SHA-256"),
        /** With a token (RFC 7628); the server makes the tokens itself. */
        OAUTHBEARER("OAUTHBEARER");

        private final String text;

        Mechanism(String text) {
            this.text = text;
        }

        private boolean isOffered(AccountSettings by) {
            return switch (this) {
                case PLAIN -> by.enabled();
                case SCRAM_SHA_256 -> by.scram();
                case OAUTHBEARER -> by.offersTokens();
            };
        }

        /** The mechanism with that name, in any case; empty if there is none or it is not offered. */
        public static Optional<Mechanism> named(String name, AccountSettings by) {
            return Arrays.stream(values())
                    .filter(each -> each.text.equalsIgnoreCase(name) && each.isOffered(by))
                    .findFirst();
        }

        /** The names of the offered mechanisms, such as {@code PLAIN,SCRAM-SHA-256,OAUTHBEARER}. */
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
    private Optional<Challenge.Success> authenticated = Optional.empty();
    private Optional<String> refusal = Optional.empty();

    public SaslExchange(Mechanism mechanism) {
        this.mechanism = mechanism;
    }

    public Mechanism mechanism() {
        return mechanism;
    }

    /** Whether {@code piece} would make the message too long. */
    public boolean isTooLong(String piece) {
        return gathered.length() + piece.length() > LONGEST;
    }

    /**
     * Adds a piece of a message. Returns the whole message, in base64, after its last piece. {@code +} is an empty
     * piece.
     */
    public Optional<String> take(String piece) {
        if (!piece.equals("+")) {
            gathered.append(piece);
        }
        if (piece.length() == CHUNK) {
            return Optional.empty();
        }
        String message = gathered.toString();
        gathered = new StringBuilder();
        return Optional.of(message);
    }

    /** The size of the collected pieces, in characters. */
    int size() {
        return gathered.length();
    }

    /** The SCRAM challenge that the client was sent. */
    public Optional<Challenge> challenge() {
        return challenge;
    }

    public void challenge(Challenge sent) {
        challenge = Optional.of(sent);
    }

    /** Present once the client has proved that it knows the password, and need only confirm the server's proof. */
    public Optional<Challenge.Success> authenticated() {
        return authenticated;
    }

    public void authenticated(Challenge.Success success) {
        authenticated = Optional.of(success);
    }

    /** Why the token was refused, once the client has been told in the form of RFC 7628 and need only confirm that. */
    public Optional<String> refusal() {
        return refusal;
    }

    public void refused(String why) {
        refusal = Optional.of(why);
    }
}
