package io.teahouse.room;

/**
 * What others may know of somebody beside his name. Who has no connection of his own, such as an actor of an
 * application, has {@link #APPLICATION}.
 *
 * @param user how he is called on his machine, as IRC has it; never empty
 * @param host where he comes from; never empty
 * @param realName what he says of himself; may be empty
 * @param account the account he is logged in to; empty: to none
 * @param away why he is away; empty: he is here
 * @param bot whether he says that he is a program
 * @param connection names the connection: no other one ever has the same name. It is for the server's own use and shown to
 *     nobody; empty: an actor of an application
 * @param address the address that it really comes from, as {@link Address#canonical(java.net.InetAddress)} has it, for masks
 *     that name it in full; empty in everything that others are told, see {@link #shown}
 */
public record Profile(
        String user,
        String host,
        String realName,
        String account,
        String away,
        boolean bot,
        String connection,
        String address) {
    private static final String ACCOUNT = "a:";
    private static final String GUEST = "g:";
    private static final String NAME = "n:";

    /** Between the name and the rest of a connection's name. */
    private static final char END_OF_NAME = '~';

    /** An actor of the application that the room is part of. */
    public static final Profile APPLICATION = new Profile("app", "local", "", "", "", true);

    /** Of somebody who is known by no connection. */
    public Profile(String user, String host, String realName, String account, String away, boolean bot) {
        this(user, host, realName, account, away, bot, "", "");
    }

    /** What others may know. */
    public Profile(
            String user, String host, String realName, String account, String away, boolean bot, String connection) {
        this(user, host, realName, account, away, bot, connection, "");
    }

    /** The same without the address: what others may know. */
    public Profile shown() {
        return address.isEmpty() ? this : withAddress("");
    }

    public Profile withAddress(String to) {
        return new Profile(user, host, realName, account, away, bot, connection, to);
    }

    /**
     * Who a user is, for good: the account; or the connection, so that the next guest of a name is somebody else; or, of an
     * application's actor, the name.
     */
    public String identity(Nick nick) {
        if (!account.isEmpty()) {
            return ACCOUNT + account;
        }
        return connection.isEmpty() ? identityOf(nick) : GUEST + connection;
    }

    /** Who an application's actor of that name is. */
    public static String identityOf(Nick nick) {
        return NAME + nick.key();
    }

    /** The name for a connection of somebody who enters under {@code nick}. */
    public static String connectionOf(Nick nick, String unique) {
        return nick.key() + END_OF_NAME + unique;
    }

    /** The name of an account, or the name under which a guest entered, out of an identity. */
    public static String name(String identity) {
        String rest = identity.substring(identity.indexOf(':') + 1);
        int end = rest.lastIndexOf(END_OF_NAME);
        return identity.startsWith(GUEST) && end > 0 ? rest.substring(0, end) : rest;
    }

    /** The {@link #connection} of a guest, out of an identity; empty: it is not that of a guest. */
    public static String connection(String identity) {
        return identity.startsWith(GUEST) ? identity.substring(GUEST.length()) : "";
    }

    /** Under what it is remembered what somebody of that name has said lately: a guest who reconnects repeats it. */
    public String sender(Nick nick) {
        return account.isEmpty() ? identityOf(nick) : ACCOUNT + account;
    }

    /** Whether more is known of who did something than their name. */
    public boolean isKnown() {
        return !account.isEmpty() || !connection.isEmpty();
    }

    /** Whether the author of something is this user: by the same account; of a guest, by the same connection. */
    public boolean isSameUser(Profile author) {
        return author.account.isEmpty()
                ? !author.connection.isEmpty() && author.connection.equals(connection)
                : author.account.equals(account);
    }

    public Profile withConnection(String to) {
        return new Profile(user, host, realName, account, away, bot, to, address);
    }

    public Profile withUser(String to) {
        return new Profile(to, host, realName, account, away, bot, connection, address);
    }

    public Profile withRealName(String to) {
        return new Profile(user, host, to, account, away, bot, connection, address);
    }

    public Profile withAccount(String to) {
        return new Profile(user, host, realName, to, away, bot, connection, address);
    }

    public Profile withAway(String to) {
        return new Profile(user, host, realName, account, to, bot, connection, address);
    }

    public Profile withBot(boolean to) {
        return new Profile(user, host, realName, account, away, to, connection, address);
    }

    public boolean isAway() {
        return !away.isEmpty();
    }
}
