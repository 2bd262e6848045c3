package io.teahouse.store;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ids of messages: the room's identity, which is random and always as long; the epoch, unless it is 0; a dash; and
 * the seq. So an id says where its message is, and no index of ids is needed.
 *
 * <p>The epoch grows when a backup is restored. What was said between the backup and its return had ids of the old epoch,
 * and the seqs of those are given again: by the epoch they are told apart.
 */
final class MessageIds {
    /** Letters and digits of a room's identity: some 51 bits. */
    static final int LENGTH = 10;

    private static final int BASE = Character.MAX_RADIX;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What an id says. */
    record Parsed(long epoch, long seq) {}

    private MessageIds() {}

    static String newIdentity() {
        StringBuilder identity = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            identity.append(Character.forDigit(RANDOM.nextInt(BASE), BASE));
        }
        return identity.toString();
    }

    /** What ids of that room begin with, in that epoch. */
    static String prefix(String identity, long epoch) {
        return epoch == 0 ? identity : identity + Long.toString(epoch, BASE);
    }

    static String id(String identity, long epoch, long seq) {
        return prefix(identity, epoch) + '-' + Long.toString(seq, BASE);
    }

    /** The seq of that id, if it is one of that room and written as this class writes it; the epoch is in the answer, too. */
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
