package io.teahouse.room;

/**
 * Identifies a user, whatever nick they have and however they are connected. It never changes and is never given to
 * anybody else: who registers a name that was erased gets another one. It is no secret.
 *
 * @param value 1 to {@value #MAX_LENGTH} visible ASCII characters; generated ones are the letter {@code u} and 13 digits
 *     of base 32 ({@link IdGenerator})
 */
public record UserId(String value) {
    public static final int MAX_LENGTH = 64;

    /** @throws IllegalArgumentException if the value is empty, too long, or has other characters */
    public UserId {
        if (value.isEmpty() || value.length() > MAX_LENGTH || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException("not a user id: " + value);
        }
    }

    /** An id that no other user has, on this node or another one. Any thread. */
    public static UserId generate() {
        return new UserId('u' + IdGenerator.process().nextText());
    }

    /** The value. */
    @Override
    public String toString() {
        return value;
    }
}
