package io.teahouse.wire.irc;

import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the IRC door behaves. The server's {@code reference.conf} explains each value, most of them under {@code teahouse.irc}.
 *
 * @param identity what the server says about itself
 * @param names which names users may take
 * @param access what a connection needs and gets
 * @param quotas how much of everything one client may have
 * @param multiline the limits of one multiline message (draft/multiline)
 * @param metadata the limits of metadata (draft/metadata-3)
 * @param strictTransport tells clients to come back over TLS only, if present
 */
public record IrcSettings(
        Identity identity,
        NamePolicy names,
        Access access,
        Quotas quotas,
        MultilineLimits multiline,
        MetadataLimits metadata,
        Optional<StrictTransport> strictTransport) {

    /**
     * What the server says about itself.
     *
     * @param server its name; no spaces
     * @param network the name of the network, of which it is the only server; may have spaces
     * @param description what WHOIS and LINKS show
     * @param version of the software
     * @param motd the message of the day, line by line; empty: there is none
     * @param admin what ADMIN shows, line by line: place, organisation, address
     */
    public record Identity(
            String server, String network, String description, String version, List<String> motd, List<String> admin) {}

    /**
     * Which names users may take.
     *
     * @param caseMapping which names are the same
     * @param utf8Nicks whether a nick may have letters beyond ASCII; at other doors it may
     * @param nickLength in characters
     */
    public record NamePolicy(CaseMapping caseMapping, boolean utf8Nicks, int nickLength) {}

    /**
     * What a connection needs and gets.
     *
     * @param password what PASS must give; empty: nothing
     * @param operators who may become an operator of the server
     * @param defaultUserModes the modes of a new user
     */
    public record Access(String password, List<Operator> operators, Set<UserMode> defaultUserModes) {
        @Override
        public String toString() {
            return "Access"; // contains passwords
        }
    }

    /**
     * How much of everything one client may have.
     *
     * @param channels joined at a time
     * @param monitored names that it may watch with MONITOR
     * @param listed masks in each list of a channel
     * @param history messages in one answer of CHATHISTORY or SEARCH
     * @param historyLines earlier messages that it sees after a JOIN, unless it can ask for them
     */
    public record Quotas(int channels, int monitored, int listed, int history, int historyLines) {}

    /**
     * The limits of one multiline message.
     *
     * @param bytes of its text
     * @param lines of its text
     */
    public record MultilineLimits(int bytes, int lines) {}

    /**
     * The limits of metadata.
     *
     * @param keys of one user
     * @param subscriptions keys of whose changes one client is told
     * @param valueBytes the longest value, in bytes of UTF-8
     */
    public record MetadataLimits(int keys, int subscriptions, int valueBytes) {}

    /** How long the parts of a line may be, with names of the permitted length. */
    public LineLimits limits() {
        return LineLimits.of(identity.server(), names.nickLength(), metadata.valueBytes());
    }

    /**
     * What clients should remember (IRCv3 sts).
     *
     * @param port of the listener with TLS
     * @param duration how long they should
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
     * Who may become an operator of the server.
     *
     * @param password plain, or {@code pbkdf2:ITERATIONS:SALT:HASH} as {@link ConfiguredPassword#hash} makes it
     */
    public record Operator(String name, String password) {
        @Override
        public String toString() {
            return "Operator[" + name + "]"; // so that the password gets into no log
        }
    }

    @Override
    public String toString() {
        return "IrcSettings[" + identity.server() + "]"; // contains passwords
    }
}
