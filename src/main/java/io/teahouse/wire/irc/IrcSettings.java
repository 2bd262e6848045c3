package io.teahouse.wire.irc;

import io.teahouse.operator.Privilege;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings of the IRC door. {@code reference.conf} explains each value, most of them under {@code teahouse.irc}.
 *
 * @param identity what the server says about itself
 * @param names which nicks users may take
 * @param access who may connect, and with which modes
 * @param quotas limits for one client
 * @param multiline the limits of one multiline message (draft/multiline)
 * @param metadata the limits of metadata (draft/metadata-3)
 * @param strictTransport if present, tells clients to reconnect over TLS only
 * @param fileHost the address to which clients can upload files; empty: they are not told of any
 */
public record IrcSettings(
        Identity identity,
        NamePolicy names,
        Access access,
        Quotas quotas,
        MultilineLimits multiline,
        MetadataLimits metadata,
        Optional<StrictTransport> strictTransport,
        Optional<String> fileHost) {

    /**
     * What the server says about itself.
     *
     * @param server the name of the server, without spaces
     * @param network the name of the network, of which this is the only server; may contain spaces
     * @param description what WHOIS and LINKS show
     * @param version of the software
     * @param motd the lines of the message of the day; empty if there is none
     * @param admin the lines of ADMIN: place, organisation, address
     */
    public record Identity(
            String server, String network, String description, String version, List<String> motd, List<String> admin) {}

    /**
     * Which nicks users may take.
     *
     * @param caseMapping decides which names are equal
     * @param utf8Nicks whether IRC users may take nicks with letters beyond ASCII; users of other doors always may
     * @param nickLength the longest nick, in characters
     */
    public record NamePolicy(CaseMapping caseMapping, boolean utf8Nicks, int nickLength) {}

    /**
     * Who may connect, and with which modes.
     * @param password the password that PASS must give; empty if none is needed
     * @param operators who may become a server operator with OPER
     * @param defaultUserModes the modes of a new user
     */
    public record Access(String password, List<Operator> operators, Set<UserMode> defaultUserModes) {
        /** What the operator of that name may do; nothing, if there is none. */
        public Set<Privilege> privileges(String operator) {
            return find(operator).map(Operator::privileges).orElse(Set.of());
        }

        private Optional<Operator> find(String operator) {
            return operators.stream()
                    .filter(each -> each.name().equals(operator))
                    .findFirst();
        }

        /** Whether there is an operator of that name, who becomes one by the same password or account as in {@code other}. */
        boolean hasSameOperator(String name, Access other) {
            return find(name)
                    .filter(mine -> other.find(name).filter(mine::isSame).isPresent())
                    .isPresent();
        }

        /** Whether an operator has that account. */
        public boolean isOperatorAccount(String account, CaseMapping folding) {
            return having(account, folding).findAny().isPresent();
        }

        /** What the operators who have that account may do, all together. */
        public Set<Privilege> accountPrivileges(String account, CaseMapping folding) {
            return having(account, folding)
                    .flatMap(each -> each.privileges().stream())
                    .collect(Collectors.toSet());
        }

        private Stream<Operator> having(String account, CaseMapping folding) {
            return operators.stream()
                    .filter(each -> each.account()
                            .filter(mine -> folding.apply(mine).equals(folding.apply(account)))
                            .isPresent());
        }

        @Override
        public String toString() {
            return "Access"; // contains passwords
        }
    }

    /**
     * Limits for one client.
     * @param channels the most channels joined at a time
     * @param monitored the most nicks monitored
     * @param listed the most masks in each list of a channel
     * @param history the most messages in one reply to CHATHISTORY or SEARCH
     * @param historyLines earlier messages shown after a JOIN to clients without CHATHISTORY
     */
    public record Quotas(int channels, int monitored, int listed, int history, int historyLines) {}

    /**
     * The limits of one multiline message.
     *
     * @param bytes of the text, in UTF-8
     * @param lines of the text
     */
    public record MultilineLimits(int bytes, int lines) {}

    /**
     * The limits of metadata.
     *
     * @param keys the most keys of one user
     * @param subscriptions the most keys that one client may subscribe to
     * @param valueBytes the longest value, in bytes of UTF-8
     */
    public record MetadataLimits(int keys, int subscriptions, int valueBytes) {}

    /** The length limits of the parts of a line, for nicks of the permitted length. */
    public LineLimits limits() {
        return LineLimits.of(identity.server(), names.nickLength(), metadata.valueBytes());
    }

    /**
     * The strict transport policy that clients should remember (IRCv3 sts).
     *
     * @param port of the listener with TLS
     * @param duration how long they should remember it
     */
    public record StrictTransport(int port, Duration duration) {
        String insecure() {
            return "port=" + port;
        }

        String secure() {
            return "duration=" + duration.toSeconds();
        }
    }

    /**
     * An account for OPER.
     *
     * @param password in plain text, or {@code pbkdf2:ITERATIONS:SALT:HASH} as {@link ConfiguredPassword#hash}
     *     makes it; empty: none is right
     * @param account who is logged in to it needs no password; empty: everybody does
     * @param privileges what they may do
     */
    public record Operator(String name, String password, Optional<String> account, Set<Privilege> privileges) {
        /** Whatever they may do. */
        private boolean isSame(Operator other) {
            return name.equals(other.name) && password.equals(other.password) && account.equals(other.account);
        }

        @Override
        public String toString() {
            return "Operator[" + name + "]"; // keeps the password out of logs
        }
    }

    @Override
    public String toString() {
        return "IrcSettings[" + identity.server() + "]"; // contains passwords
    }
}
