package io.teahouse.wire.irc;

import io.teahouse.user.CaseMapping;
import io.teahouse.user.UserMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the IRC door behaves.
 *
 * @param serverName how the server calls itself; no spaces
 * @param networkName of which it is the only server; may have spaces
 * @param description what WHOIS and LINKS say of the server
 * @param password what PASS must give; empty: nothing
 * @param caseMapping which names are the same
 * @param utf8Nicks whether a client may take a name that is not ASCII; at other doors everybody may
 * @param defaultUserModes what everybody has at first
 * @param motd the message of the day, line by line; empty: there is none
 * @param admin what ADMIN says: place, organisation, address
 * @param version of the software
 * @param nickLength in characters
 * @param monitor how many names one client may watch
 * @param channels how many channels one client may be in
 * @param maxListed how many masks each list of a channel holds
 * @param multilineMaxBytes of the text of one multiline message
 * @param multilineMaxLines of one multiline message
 * @param history how many messages one answer of CHATHISTORY holds
 * @param historyLines how many lines of what was said before somebody sees who comes in and cannot ask for it
 * @param metadataKeys under how many keys something may be noted about a client
 * @param metadataSubscriptions of how many keys a client may be told when they change
 * @param metadataValueBytes how long what is noted may be, in UTF-8
 * @param strictTransport tells clients to come back encrypted only, if set
 */
public record IrcSettings(
        String serverName,
        String networkName,
        String description,
        String password,
        CaseMapping caseMapping,
        boolean utf8Nicks,
        List<Operator> operators,
        Set<UserMode> defaultUserModes,
        List<String> motd,
        List<String> admin,
        String version,
        int nickLength,
        int monitor,
        int channels,
        int maxListed,
        int multilineMaxBytes,
        int multilineMaxLines,
        int history,
        int historyLines,
        int metadataKeys,
        int metadataSubscriptions,
        int metadataValueBytes,
        Optional<StrictTransport> strictTransport) {

    /** How long the parts of a line may be, by the names that are allowed. */
    public Limits limits() {
        return Limits.of(serverName, nickLength, metadataValueBytes);
    }

    /**
     * What clients are to remember (IRCv3 sts).
     *
     * @param port where the encrypted door is
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
            return "Operator[" + name + "]"; // the password is not to get into a log
        }
    }

    @Override
    public String toString() {
        return "IrcSettings[" + serverName + "]"; // contains passwords
    }
}
