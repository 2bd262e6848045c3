package io.teahouse.account;

import io.teahouse.room.Nick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who has registered. The name is theirs alone, as a nick too.
 *
 * @param name as they spelt it then, which is how it is shown ever after, and its folded form, by which it is found
 * @param email what they gave, not verified; may be empty
 * @param credentials by which a password is recognised
 * @param networks from which they have logged in, the latest first, as {@link KnownNetworks} names them
 * @param reset if present, the credentials are those of a code, until a password is set
 */
public record Account(
        Nick name,
        Instant registeredAt,
        String email,
        Credentials credentials,
        List<String> networks,
        Optional<Reset> reset) {
    /**
     * An operator of the server has reset the password: a code replaces it.
     *
     * @param until when the code expires
     * @param used somebody has logged in with it; now it can only be used to set a password
     */
    public record Reset(Instant until, boolean used) {}

    public Account {
        networks = List.copyOf(networks);
    }

    /** Somebody who has not logged in yet. */
    public Account(Nick name, Instant registeredAt, String email, Credentials credentials) {
        this(name, registeredAt, email, credentials, List.of(), Optional.empty());
    }

    /** The folded name. */
    public String key() {
        return name.key();
    }

    /** With a password that was just set. */
    public Account with(Credentials other) {
        return new Account(name, registeredAt, email, other, networks, Optional.empty());
    }

    public Account withNetworks(List<String> others) {
        return new Account(name, registeredAt, email, credentials, others, reset);
    }

    Account withReset(Reset other) {
        return new Account(name, registeredAt, email, credentials, networks, Optional.of(other));
    }

    /** False: the credentials are those of a code that is used or too old. */
    boolean mayLogIn(Instant now) {
        return reset.filter(code -> code.used || !now.isBefore(code.until)).isEmpty();
    }

    /** False: the credentials are those of a code that is too old. */
    boolean maySetPassword(Instant now) {
        return reset.filter(code -> !now.isBefore(code.until)).isEmpty();
    }

    /** Without what is nobody's business. */
    @Override
    public String toString() {
        return "account " + name;
    }
}
