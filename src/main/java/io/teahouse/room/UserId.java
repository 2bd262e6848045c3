package io.teahouse.room;

import akka.actor.typed.ActorRef;
import io.teahouse.room.support.Check;
import io.teahouse.room.support.IdGenerator;

/**
 * Identifies a user for good, on any node and after a restart: the account, or for a guest an id that no other guest
 * ever has. An actor of an application that gives none gets one for its reference. A nick does not identify a user.
 *
 * @param value starts with {@code a:} for an account and with {@code g:} for a guest, {@code u:} for a user without
 *     either, and {@code n:} for an author of whom only the nick is known; empty: unknown
 */
public record UserId(String value) {
    /** The id of an unknown author, equal to no user. */
    public static final UserId UNKNOWN = new UserId("");

    private static final String ACCOUNT = "a:";
    private static final String GUEST = "g:";
    private static final String NICK = "n:";
    private static final String ACTOR = "Actor[";
    private static final String SERVICE = "Service[";
    private static final String ADDRESS = "://";

    /** Separates the nick under which a guest entered from the rest of the id. */
    private static final char END_OF_NICK = '~';

    public UserId {
        Check.notNull(value, "value");
    }

    /** Generates an id that is unique across nodes. Thread-safe. */
    public static UserId generate() {
        return new UserId("u:" + IdGenerator.process().nextText());
    }

    /** The id of the account's user. */
    public static UserId ofAccount(String account) {
        return new UserId(ACCOUNT + account);
    }

    /** The id of the guest with that {@link #guest}. */
    public static UserId ofGuest(String guest) {
        return new UserId(GUEST + guest);
    }

    /** The id of an actor that gives none. */
    public static UserId of(ActorRef<?> ref) {
        return ofGuest(Check.notNull(ref, "ref").toString());
    }

    /**
     * The id of a part of the server of that name, which may run on every node: the member that has it has a subscriber of
     * each, and leaves with the last one. No guest has such an id, because the key of a nick has no capital letters.
     */
    public static UserId ofService(String name) {
        return ofGuest(SERVICE + name + "]");
    }

    public boolean isService() {
        return guest().startsWith(SERVICE);
    }

    /** Whether it is the id of that actor, which may be on another node. */
    public boolean isOf(ActorRef<?> ref) {
        String text = guest();
        return text.startsWith(ACTOR) && path(text).equals(path(ref.toString()));
    }

    /** The text of a reference without the address of its node, which is not known on the node itself. */
    private static String path(String ref) {
        int address = ref.indexOf(ADDRESS) + ADDRESS.length();
        return ref.substring(Math.max(0, ref.indexOf('/', address)));
    }

    /** The id of an author of whom only the nick is known: equal to no member. */
    public static UserId ofNick(Nick nick) {
        return new UserId(NICK + nick.key());
    }

    /** The id of a guest who enters under {@code nick}. */
    public static UserId ofGuest(Nick nick, String unique) {
        return ofGuest(nick.key() + END_OF_NICK + unique);
    }

    public boolean isKnown() {
        return !value.isEmpty();
    }

    public boolean isAccount() {
        return value.startsWith(ACCOUNT);
    }

    public boolean isGuest() {
        return value.startsWith(GUEST);
    }

    /** The unique part of a guest's id; empty if this is no guest. */
    public String guest() {
        return isGuest() ? value.substring(GUEST.length()) : "";
    }

    /** The name of the account, or the nick under which a guest entered. */
    public String name() {
        String rest = value.substring(value.indexOf(':') + 1);
        int end = rest.lastIndexOf(END_OF_NICK);
        return isGuest() && end > 0 ? rest.substring(0, end) : rest;
    }

    @Override
    public String toString() {
        return value;
    }
}
