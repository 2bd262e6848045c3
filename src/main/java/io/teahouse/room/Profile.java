package io.teahouse.room;

import io.teahouse.room.support.Check;

/**
 * The public data of a user beside their nick. An actor of an application that gives none has {@link #APPLICATION}.
 *
 * @param user their user name, in the sense of IRC; never empty
 * @param host where they come from; never empty
 * @param realName their real name, as they give it; may be empty
 * @param account the account that they are logged in to; empty: none
 * @param away their away message; empty: they are not away
 * @param bot whether they declare themselves a bot
 * @param guest the id of a user without an account; for internal use, never shown; {@link UserId#UNKNOWN}: not known
 * @param address their real address, as {@link io.teahouse.room.support.Address#canonical(java.net.InetAddress)} has
 *     it, for masks with a complete address; empty in everything that other users see, see {@link #shown}
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

    public Profile {
        Check.notNull(user, "user");
        Check.notNull(host, "host");
        Check.notNull(realName, "realName");
        Check.notNull(account, "account");
        Check.notNull(away, "away");
        Check.notNull(guest, "guest");
        Check.notNull(address, "address");
        if (user.isEmpty()) {
            throw new IllegalArgumentException("the user name of a profile must not be empty");
        } else if (host.isEmpty()) {
            throw new IllegalArgumentException("the host of a profile must not be empty");
        }
    }

    /** A profile without a guest id. */
    public Profile(String user, String host, String realName, String account, String away, boolean bot) {
        this(user, host, realName, account, away, bot, UserId.UNKNOWN, "");
    }

    /** A public profile. */
    public Profile(String user, String host, String realName, String account, String away, boolean bot, UserId guest) {
        this(user, host, realName, account, away, bot, guest, "");
    }

    /** The public part: the same without the address. */
    public Profile shown() {
        return address.isEmpty() ? this : withAddress("");
    }

    public Profile withAddress(String to) {
        return new Profile(user, host, realName, account, away, bot, guest, to);
    }

    /** The user's id: of the account or the guest; {@link UserId#UNKNOWN} if neither is known. */
    public UserId id() {
        return account.isEmpty() ? guest : UserId.ofAccount(account);
    }

    /**
     * The id under which client ids of this user are remembered: a guest who reconnects has another id, and may repeat
     * a message under the same nick.
     */
    public UserId senderId(Nick nick) {
        return account.isEmpty() ? UserId.ofNick(nick) : id();
    }

    /** Whether this user is that author. An unknown author equals nobody. */
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
