package io.teahouse.room;

import io.teahouse.room.support.Address;
import io.teahouse.room.support.Glob;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The mask of a ban or an exception: {@code nick!user@host} with {@code *} and {@code ?}. With {@code m:} before it, it
 * is a mute; {@code a:ACCOUNT} matches an account under any nick. Compiled once, when it is set; names are folded as
 * everywhere else.
 */
final class Mask {
    private static final String MUTE = "m:";
    private static final String ACCOUNT = "a:";

    private final boolean mute;

    /** True: only the account counts. False: nick, user and host. */
    private final boolean byAccount;

    private final Glob account;
    private final Glob nick;
    private final Glob user;
    private final Glob host;

    /**
     * The address, if the host is a complete one: it is compared with the user's real address, even if that is cloaked.
     */
    private final Optional<String> address;

    private Mask(String complete, UnaryOperator<String> folding) {
        this.mute = isMute(complete);
        String who = mute ? complete.substring(MUTE.length()) : complete;
        this.byAccount = who.startsWith(ACCOUNT);
        int bang = byAccount ? -1 : who.indexOf('!');
        int at = who.lastIndexOf('@');
        boolean whole = bang >= 0 && at > bang;
        UnaryOperator<String> all = text -> fold(text, folding);
        this.account = Glob.of(byAccount ? who.substring(ACCOUNT.length()) : "", all);
        this.nick = Glob.of(whole ? who.substring(0, bang) : who, all);
        this.user = Glob.of(whole ? who.substring(bang + 1, at) : "*", all);
        String from = whole ? who.substring(at + 1) : "*";
        this.address = Address.canonical(from);
        this.host = Glob.of(address.orElse(from), all);
    }

    /**
     * Compiles a mask.
     *
     * @param complete as {@link #complete} has it
     * @param folding see {@link RoomSettings.Rules#folding}
     */
    static Mask of(String complete, UnaryOperator<String> folding) {
        return new Mask(complete, folding);
    }

    /** Completes a mask as it was typed: {@code bob} becomes {@code bob!*@*}. */
    static String complete(String typed) {
        if (typed.startsWith(MUTE)) {
            return MUTE + complete(typed.substring(MUTE.length()));
        } else if (typed.startsWith(ACCOUNT)) {
            return typed;
        } else if (Address.canonical(typed).isPresent()) {
            return "*!*@" + typed;
        }
        int bang = typed.indexOf('!');
        int at = typed.indexOf('@');
        if (bang >= 0) {
            return at > bang ? typed : typed + "@*";
        }
        return at >= 0 ? "*!" + typed : typed + "!*@*";
    }

    private static String fold(String text, UnaryOperator<String> folding) {
        return folding.apply(Names.fold(text));
    }

    /** False if nothing follows {@code m:} or {@code a:}. */
    static boolean isAboutSomebody(String mask) {
        String plain = isMute(mask) ? mask.substring(MUTE.length()) : mask;
        return !plain.isEmpty() && !plain.equals(ACCOUNT);
    }

    private static boolean isMute(String mask) {
        return mask.startsWith(MUTE);
    }

    boolean isMute() {
        return mute;
    }

    /** Whether it matches everybody; {@code *.*} counts as {@code *}. */
    boolean isForAll() {
        return !mute && !byAccount && nick.isForAll("") && user.isForAll("") && host.isForAll(".:");
    }

    /** A user to compare with masks, folded once for all of them. */
    record Person(String nick, String user, String host, String address, String account) {
        /** @param folding see {@link RoomSettings.Rules#folding} */
        static Person of(Nick nick, Profile profile, UnaryOperator<String> folding) {
            return new Person(
                    fold(nick.text(), folding),
                    fold(profile.user(), folding),
                    fold(profile.host(), folding),
                    profile.address(),
                    fold(profile.account(), folding));
        }
    }

    /** Whether no mask can tell the two apart: masks do not see real names and away messages. */
    static boolean isSame(Profile one, Profile other) {
        return one.user().equals(other.user())
                && one.host().equals(other.host())
                && one.address().equals(other.address())
                && one.account().equals(other.account());
    }

    /** Whether it matches a user; of a mute, whether the part after {@code m:} does. */
    boolean matches(Person who) {
        return byAccount
                ? !who.account.isEmpty() && account.fits(who.account)
                : nick.fits(who.nick) && user.fits(who.user) && isFrom(who);
    }

    private boolean isFrom(Person who) {
        if (address.isPresent() && !who.address.isEmpty()) {
            return address.get().equals(who.address);
        }
        return host.fits(who.host);
    }

    /** What all spellings of the mask have in common. */
    String key() {
        String who = byAccount ? ACCOUNT + account : nick + "!" + user + "@" + host;
        return mute ? MUTE + who : who;
    }
}
