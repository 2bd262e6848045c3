package io.teahouse.wire.irc;

import io.teahouse.room.RoomName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the dialect knows of its connection beside what the session does. Belongs to one client's actor. */
public final class IrcClient {
    private Capabilities capabilities = Capabilities.NONE;
    private boolean negotiating;
    private boolean modern;
    private boolean registered;
    private Optional<String> password = Optional.empty();
    private Optional<String> user = Optional.empty();
    private String realName = "";
    private Optional<SaslExchange> sasl = Optional.empty();
    private Optional<String> refusedNick = Optional.empty();
    private Optional<String> postponedNick = Optional.empty();
    private Optional<RoomName> joining = Optional.empty();
    private Optional<Multiline> multiline = Optional.empty();

    /** Keys of whose changes it wants to be told. Made when it is needed. */
    private Set<String> subscriptions = Set.of();

    private Map<String, String> notes = Map.of();

    /** By their keys. Made when it is needed. */
    private Map<String, RoomName> invitations = Map.of();

    /** Names that are watched, as typed, by how they compare. Made when it is needed. */
    private Map<String, String> monitored = Map.of();

    public Capabilities capabilities() {
        return capabilities;
    }

    public boolean has(Capability one) {
        return capabilities.has(one);
    }

    /** Who does not want to know of metadata any more has no subscriptions (IRCv3 metadata). */
    public void capabilities(Capabilities to) {
        boolean gone = Stream.of(Capability.METADATA, Capability.BATCH).anyMatch(one -> has(one) && !to.has(one));
        capabilities = to;
        if (gone) {
            subscriptions = Set.of();
        }
    }

    /**
     * That of what it sent, if it has asked for answers that bear one; else empty. A longer one than may be is none (IRCv3
     * labeled-response): with it, the tags of an answer could be too long.
     */
    String label(IrcMessage message) {
        String label = has(Capability.LABELED_RESPONSE) ? message.tag("label") : "";
        return IrcText.size(label) <= LineLimits.LABEL ? label : "";
    }

    /** True between CAP LS or REQ and CAP END. */
    public boolean isNegotiating() {
        return negotiating;
    }

    public void negotiating(boolean now) {
        negotiating = now;
    }

    /** Whether it has said that it knows version 302 of the negotiation. */
    public boolean isModern() {
        return modern;
    }

    public void modern() {
        modern = true;
        capabilities = capabilities.with(Capability.CAP_NOTIFY);
    }

    public boolean isRegistered() {
        return registered;
    }

    void registered() {
        registered = true;
        password = Optional.empty();
    }

    public void password(String given) {
        password = Optional.of(given);
    }

    Optional<String> password() {
        return password;
    }

    /** What USER said. */
    public void user(String name, String real) {
        user = Optional.of(name);
        realName = real;
    }

    Optional<String> user() {
        return user;
    }

    String realName() {
        return realName;
    }

    /** The login that has begun. */
    public Optional<SaslExchange> sasl() {
        return sasl;
    }

    public void sasl(Optional<SaslExchange> to) {
        sasl = to;
    }

    /** The last name that it wanted and that is somebody else's; before it has one. */
    public Optional<String> refusedNick() {
        return refusedNick;
    }

    void refusedNick(Optional<String> to) {
        refusedNick = to;
    }

    /** The name that it wanted and that somebody else has, while it is not told so: it may log in and be its owner. */
    public Optional<String> postponedNick() {
        return postponedNick;
    }

    void postponedNick(Optional<String> to) {
        postponedNick = to;
    }

    /** The channel into which it has asked to come, until it is there. */
    public void joining(Optional<RoomName> to) {
        joining = to;
    }

    Optional<RoomName> joining() {
        return joining;
    }

    /** It has been asked into that channel; of more than {@code most}, the oldest is forgotten. */
    void invited(RoomName room, int most) {
        if (invitations.isEmpty()) {
            invitations = new LinkedHashMap<>(2);
        }
        invitations.remove(room.key());
        invitations.put(room.key(), room);
        if (invitations.size() > most) {
            invitations.remove(invitations.keySet().iterator().next());
        }
    }

    /** It is there, or the channel is not any more. */
    public void notInvited(RoomName room) {
        if (!invitations.isEmpty()) {
            invitations.remove(room.key());
        }
    }

    /** Into which channels it has been asked and has not come since. */
    public List<RoomName> invitations() {
        return List.copyOf(invitations.values());
    }

    /** The message of several lines that is being sent. */
    public Optional<Multiline> multiline() {
        return multiline;
    }

    public void multiline(Optional<Multiline> to) {
        multiline = to;
    }

    /** Of which keys of metadata it wants to know. */
    public Set<String> subscriptions() {
        return subscriptions;
    }

    /** The same, to be changed. */
    public Set<String> subscriptionsToChange() {
        if (!(subscriptions instanceof LinkedHashSet)) {
            subscriptions = new LinkedHashSet<>();
        }
        return subscriptions;
    }

    /** What it noted about itself before it was registered. */
    public Map<String, String> notes() {
        return notes;
    }

    public void notes(Map<String, String> to) {
        notes = to;
    }

    public Map<String, String> monitored() {
        return monitored;
    }

    /** The same, to be changed. */
    public Map<String, String> monitoredToChange() {
        if (!(monitored instanceof LinkedHashMap)) {
            monitored = new LinkedHashMap<>();
        }
        return monitored;
    }
}
