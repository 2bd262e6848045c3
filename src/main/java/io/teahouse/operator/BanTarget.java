package io.teahouse.operator;

import io.teahouse.room.support.Network;
import java.util.Optional;

/**
 * Whom a ban is for.
 *
 * @param text a complete mask, the name of an account, or a network in its canonical form
 */
public record BanTarget(Kind kind, String text) {
    /** What is compared. */
    public enum Kind {
        /** {@code nick!user@host}, with {@code *} and {@code ?}; the host is what others see, or the real address. */
        MASK,
        /** An account, under any nick. */
        ACCOUNT,
        /** One address, or all with a common prefix. */
        NETWORK
    }

    /** How operators write one. */
    public static final String FORMS =
            "an address (192.0.2.7), a network (192.0.2.0/24), a mask (nick!user@host, where only *!*@ can stand before a network), or account:NAME";

    private static final String ACCOUNT = "account:";

    /** Below these lengths, a prefix is that of a large part of the Internet. */
    private static final int WIDE_IPV4 = 8;

    private static final int WIDE_IPV6 = 19;
    private static final int IPV4_BYTES = 4;

    /** Reads one; empty if it is none of the {@link #FORMS}. A nick alone is none: it could mean an account. */
    public static Optional<BanTarget> parse(String typed) {
        if (typed.startsWith(ACCOUNT)) {
            String name = typed.substring(ACCOUNT.length());
            return name.isEmpty() || isPattern(name)
                    ? Optional.empty()
                    : Optional.of(new BanTarget(Kind.ACCOUNT, name));
        }
        Optional<BanTarget> network = network(typed);
        if (network.isPresent()) {
            return network;
        }
        int bang = typed.indexOf('!');
        int at = typed.lastIndexOf('@');
        if (bang < 0 && at < 0) {
            return Optional.empty();
        }
        String nick = bang < 0 ? "*" : part(typed.substring(0, bang));
        String user = part(typed.substring(bang + 1, at > bang ? at : typed.length()));
        String host = at > bang ? part(typed.substring(at + 1)) : "*";
        if (isAnything(nick) && isAnything(user) && network(host).isPresent()) {
            return network(host);
        }
        return host.contains("/") // no host has one, and a mask cannot compare networks
                ? Optional.empty()
                : Optional.of(new BanTarget(Kind.MASK, nick + "!" + user + "@" + host));
    }

    private static Optional<BanTarget> network(String text) {
        return Network.of(text).map(each -> new BanTarget(Kind.NETWORK, each.canonical()));
    }

    /** No account has such a name; who types one means several. */
    private static boolean isPattern(String name) {
        return name.chars().anyMatch(c -> "*?!@".indexOf(c) >= 0);
    }

    private static boolean isAnything(String part) {
        return part.chars().allMatch(c -> c == '*');
    }

    private static String part(String text) {
        return text.isEmpty() ? "*" : text;
    }

    /** Whether it is for so many that nobody should ban it by accident. */
    public boolean isWide() {
        return switch (kind) {
            case ACCOUNT -> false;
            case MASK -> text.chars().allMatch(c -> "*?!@.:".indexOf(c) >= 0);
            case NETWORK -> {
                Network network = Network.parse(text);
                yield network.bits() < (network.address().getAddress().length == IPV4_BYTES ? WIDE_IPV4 : WIDE_IPV6);
            }
        };
    }

    /** As an operator would write it. */
    @Override
    public String toString() {
        return kind == Kind.ACCOUNT ? ACCOUNT + text : text;
    }
}
