package io.teahouse.account;

import io.teahouse.room.Nick;
import java.time.Instant;

/**
 * Somebody who has registered. The name is his alone, as a nick too.
 *
 * @param name as he spelt it then, which is how it is shown ever after, and its folded form, by which it is found
 * @param email what he gave, not verified; may be empty
 * @param credentials by which a password is recognised
 */
public record Account(Nick name, Instant registeredAt, String email, Credentials credentials) {
    /** The folded name. */
    public String key() {
        return name.key();
    }

    public Account with(Credentials other) {
        return new Account(name, registeredAt, email, other);
    }

    /** Without what is nobody's business. */
    @Override
    public String toString() {
        return "account " + name;
    }
}
