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
 */
public record Profile(String user, String host, String realName, String account, String away, boolean bot) {
    /** An actor of the application that the room is part of. */
    public static final Profile APPLICATION = new Profile("app", "local", "", "", "", true);

    /** Who somebody of that name is as long as others may not be him: his account, or else his name. */
    public String identity(Nick nick) {
        return account.isEmpty() ? identityOf(nick) : "a:" + account;
    }

    /** Who somebody of that name is who is logged in to no account. */
    public static String identityOf(Nick nick) {
        return "n:" + nick.key();
    }

    /** The name of a person or an account, out of an identity. */
    public static String name(String identity) {
        return identity.substring(identity.indexOf(':') + 1);
    }

    public Profile withUser(String to) {
        return new Profile(to, host, realName, account, away, bot);
    }

    public Profile withRealName(String to) {
        return new Profile(user, host, to, account, away, bot);
    }

    public Profile withAccount(String to) {
        return new Profile(user, host, realName, to, away, bot);
    }

    public Profile withAway(String to) {
        return new Profile(user, host, realName, account, to, bot);
    }

    public Profile withBot(boolean to) {
        return new Profile(user, host, realName, account, away, to);
    }

    public boolean isAway() {
        return !away.isEmpty();
    }
}
