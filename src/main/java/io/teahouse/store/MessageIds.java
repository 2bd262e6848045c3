package io.teahouse.store;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The format of message ids: the room's identity, which is random and of fixed length; the epoch, unless it is 0; a
 * dash; the seq. An id contains the place of its message, so no index of ids is needed.
 *
 * <p>The epoch grows when a backup is restored. Seqs that were used after the backup are used again; the epoch keeps
 * their ids apart.
 */
final class MessageIds {
    /** Letters and digits of a room's identity: some 51 bits. */
    static final int LENGTH = 10;

    private static final int BASE = Character.MAX_RADIX;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The parts of an id. */
    record Parsed(long epoch, long seq) {}

    private MessageIds() {}

    static String newIdentity() {
        StringBuilder identity = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            identity.append(Character.forDigit(RANDOM.nextInt(BASE), BASE));
        }
        return identity.toString();
    }

    /** The prefix of the room's ids in that epoch. */
    static String prefix(String identity, long epoch) {
        return epoch == 0 ? identity : identity + Long.toString(epoch, BASE);
    }

    static String id(String identity, long epoch, long seq) {
        return prefix(identity, epoch) + '-' + Long.toString(seq, BASE);
    }

    /** Parses an id; empty if it is not one of that room in canonical form. */
    static Optional<Parsed> parse(String identity, String id) {
        int dash = id.indexOf('-');
        if (dash < LENGTH || !id.startsWith(identity)) {
            return Optional.empty();
        }
        OptionalLong epoch = dash == LENGTH ? OptionalLong.of(0) : number(id.substring(LENGTH, dash));
        OptionalLong seq = number(id.substring(dash + 1));
        return epoch.isEmpty() || seq.isEmpty() || !id.equals(id(identity, epoch.getAsLong(), seq.getAsLong()))
                ? Optional.empty()
                : Optional.of(new Parsed(epoch.getAsLong(), seq.getAsLong()));
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text, BASE));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
