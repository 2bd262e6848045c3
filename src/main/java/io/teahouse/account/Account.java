package io.teahouse.account;

import io.teahouse.room.Nick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A registered user, identified by the name. Nobody else may use it, as an account or as a nick.
 *
 * @param name as the user spelt it when registering, which is how it is shown, and its folded form, by which it is found
 * @param email as given, not verified; may be empty
 * @param credentials what a password is checked against
 * @param networks from which the user has logged in, the latest first, as {@link KnownNetworks} names them
 * @param reset if present, the credentials are those of a reset code, until the user sets a password
 * @param suspension the last one, unless it was lifted; it may be over
 */
public record Account(
        Nick name,
        Instant registeredAt,
        String email,
        Credentials credentials,
        List<String> networks,
        Optional<Reset> reset,
        Optional<Suspension> suspension) {
    /**
     * An operator has reset the password: a code replaces it.
     *
     * @param until when the code expires
     * @param used true: the user has logged in with it, and may now only set a password
     */
    public record Reset(Instant until, boolean used) {}

    public Account {
        networks = List.copyOf(networks);
    }

    /** An account that nobody has logged in to yet. */
    public Account(Nick name, Instant registeredAt, String email, Credentials credentials) {
        this(name, registeredAt, email, credentials, List.of(), Optional.empty(), Optional.empty());
    }

    /** The folded name. */
    public String key() {
        return name.key();
    }

    /** With the credentials of a password that was just set. */
    public Account with(Credentials other) {
        return new Account(name, registeredAt, email, other, networks, Optional.empty(), suspension);
    }

    public Account withNetworks(List<String> others) {
        return new Account(name, registeredAt, email, credentials, others, reset, suspension);
    }

    Account withReset(Reset other) {
        return new Account(name, registeredAt, email, credentials, networks, Optional.of(other), suspension);
    }

    /** Suspended; empty: it is not. */
    public Account with(Optional<Suspension> other) {
        return new Account(name, registeredAt, email, credentials, networks, reset, other);
    }

    Account withName(Nick other) {
        return new Account(other, registeredAt, email, credentials, networks, reset, suspension);
    }

    /** The suspension that keeps the owner out now. */
    public Optional<Suspension> suspended(Instant now) {
        return suspension.filter(each -> each.isInForce(now));
    }

    /** False: the credentials are those of a reset code that was used or has expired. */
    boolean mayLogIn(Instant now) {
        return reset.filter(code -> code.used || !now.isBefore(code.until)).isEmpty();
    }

    /** False: the credentials are those of a reset code that has expired. */
    boolean maySetPassword(Instant now) {
        return reset.filter(code -> !now.isBefore(code.until)).isEmpty();
    }

    /** Without personal data and credentials. */
    @Override
    public String toString() {
        return "account " + name;
    }
}
