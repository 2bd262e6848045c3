package io.teahouse.room;

/**
 * What others may know of a user beside their nick. An actor of an application that says nothing about itself has
 * {@link #APPLICATION}.
 *
 * @param user their user name, in the sense of IRC; never empty
 * @param host where they come from; never empty
 * @param realName what they say of themselves; may be empty
 * @param account the account they are logged in to; empty: none
 * @param away why they are away; empty: they are not
 * @param bot whether they declare to be a program
 * @param guest the id of a user without an account; for the server's own use, shown to nobody; {@link UserId#UNKNOWN}: not
 *     known
 * @param address the address that they really come from, as {@link Address#canonical(java.net.InetAddress)} has it, for masks
 *     that name it in full; empty in everything that others are told, see {@link #shown}
 */
public record Profile(
        String user,
        String host,
        String realName,
        String account,
        String away,
        boolean bot,
        UserId guest,
        String address) {
    /** An actor of the application that the room is part of. */
    public static final Profile APPLICATION = new Profile("app", "local", "", "", "", true);

    /** Of a user of whom no id is known. */
    public Profile(String user, String host, String realName, String account, String away, boolean bot) {
        this(user, host, realName, account, away, bot, UserId.UNKNOWN, "");
    }

    /** What others may know. */
    public Profile(String user, String host, String realName, String account, String away, boolean bot, UserId guest) {
        this(user, host, realName, account, away, bot, guest, "");
    }

    /** The same without the address: what others may know. */
    public Profile shown() {
        return address.isEmpty() ? this : withAddress("");
    }

    public Profile withAddress(String to) {
        return new Profile(user, host, realName, account, away, bot, guest, to);
    }

    /** Who the user is: their account, or the guest; {@link UserId#UNKNOWN} if neither is known. */
    public UserId id() {
        return account.isEmpty() ? guest : UserId.ofAccount(account);
    }

    /**
     * The id under which client ids of this user are remembered: a guest who reconnects has another id, and may repeat a
     * message under the same nick.
     */
    public UserId senderId(Nick nick) {
        return account.isEmpty() ? UserId.ofNick(nick) : id();
    }

    /** Whether this is the author of something. Nobody is an unknown author. */
    public boolean isSameUser(Profile author) {
        return author.account.isEmpty()
                ? author.guest.isKnown() && author.guest.equals(guest)
                : author.account.equals(account);
    }

    public Profile withGuest(UserId to) {
        return new Profile(user, host, realName, account, away, bot, to, address);
    }

    public Profile withUser(String to) {
        return new Profile(to, host, realName, account, away, bot, guest, address);
    }

    public Profile withRealName(String to) {
        return new Profile(user, host, to, account, away, bot, guest, address);
    }

    public Profile withAccount(String to) {
        return new Profile(user, host, realName, to, away, bot, guest, address);
    }

    public Profile withAway(String to) {
        return new Profile(user, host, realName, account, to, bot, guest, address);
    }

    public Profile withBot(boolean to) {
        return new Profile(user, host, realName, account, away, to, guest, address);
    }

    public boolean isAway() {
        return !away.isEmpty();
    }
}
