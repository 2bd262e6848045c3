package io.teahouse.wire.irc;

import io.teahouse.room.RoomName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The IRC state of one connection: registration, capabilities, SASL, subscriptions. Belongs to one client's actor. */
public final class IrcClient {
    private Capabilities capabilities = Capabilities.NONE;
    private boolean negotiating;
    private boolean cap302;
    private boolean registered;
    private Optional<String> password = Optional.empty();
    private Optional<String> user = Optional.empty();
    private String realName = "";
    private Optional<SaslExchange> sasl = Optional.empty();
    private Optional<String> refusedNick = Optional.empty();
    private Optional<String> postponedNick = Optional.empty();
    private Optional<String> operator = Optional.empty();
    private Optional<RoomName> joining = Optional.empty();
    private Optional<Multiline> multiline = Optional.empty();

    /** The metadata keys that the client has subscribed to. Allocated on first use. */
    private Set<String> subscriptions = Set.of();

    private Map<String, String> pendingMetadata = Map.of();

    /** Open invitations, by room key, oldest first. Allocated on first use. */
    private Map<String, RoomName> invitations = Map.of();

    /** The nicks that the client monitors, as typed, by nick key. Allocated on first use. */
    private Map<String, String> monitored = Map.of();

    /** Allocated on first use. */
    private @Nullable EventDeduplicator causes;

    /** The events that the client has been shown of users in several of its rooms. */
    EventDeduplicator causes() {
        if (causes == null) {
            causes = new EventDeduplicator();
        }
        return causes;
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    public boolean has(Capability one) {
        return capabilities.has(one);
    }

    /** Replaces the capabilities. A client that disables metadata loses its subscriptions (IRCv3 metadata). */
    public void capabilities(Capabilities to) {
        boolean gone = Stream.of(Capability.METADATA, Capability.BATCH).anyMatch(one -> has(one) && !to.has(one));
        capabilities = to;
        if (gone) {
            subscriptions = Set.of();
        }
    }

    /**
     * The label of a message, or empty if there is none or the client has not enabled labeled-response. Labels that are
     * too long are ignored (IRCv3 labeled-response), because the tags of the reply could become too long.
     */
    String label(IrcMessage message) {
        String label = has(Capability.LABELED_RESPONSE) ? message.tag("label") : "";
        return IrcText.size(label) <= LineLimits.LABEL ? label : "";
    }

    /** Whether capabilities are being negotiated: between CAP LS or REQ and CAP END. */
    public boolean isNegotiating() {
        return negotiating;
    }

    public void negotiating(boolean now) {
        negotiating = now;
    }

    /** Whether the client has announced version 302 of capability negotiation. */
    public boolean supportsCap302() {
        return cap302;
    }

    public void cap302() {
        cap302 = true;
        capabilities = capabilities.with(Capability.CAP_NOTIFY);
    }

    public boolean isRegistered() {
        return registered;
    }

    void registered() {
        registered = true;
        user = Optional.empty();
        password = Optional.empty();
    }

    public void password(String given) {
        password = Optional.of(given);
    }

    Optional<String> password() {
        return password;
    }

    /** Stores the parameters of USER. */
    public void user(String name, String real) {
        user = Optional.of(name);
        realName = real;
    }

    /** The name that USER gave, until the registration is complete. */
    Optional<String> user() {
        return user;
    }

    String realName() {
        return realName;
    }

    /** The SASL exchange in progress. */
    public Optional<SaslExchange> sasl() {
        return sasl;
    }

    public void sasl(Optional<SaslExchange> to) {
        sasl = to;
    }

    /** The last nick that was refused because it is in use or owned, while the client has no nick. */
    public Optional<String> refusedNick() {
        return refusedNick;
    }

    void refusedNick(Optional<String> to) {
        refusedNick = to;
    }

    /**
     * A nick that is in use or registered, whose refusal is postponed until CAP END: the client may log in first and
     * turn out to be its owner.
     */
    public Optional<String> postponedNick() {
        return postponedNick;
    }

    void postponedNick(Optional<String> to) {
        postponedNick = to;
    }

    /** The client has become an operator of the server by the entry of the settings with that name. */
    public void operator(String name) {
        operator = Optional.of(name);
    }

    /** The entry by which the client has become an operator, on this connection; it has had another id if it has logged in since. */
    public Optional<String> operator() {
        return operator;
    }

    /** The channel that the client has asked to join, until it has joined. */
    public void joining(Optional<RoomName> to) {
        joining = to;
    }

    Optional<RoomName> joining() {
        return joining;
    }

    /** Records an invitation. If there are more than {@code most}, the oldest is dropped. */
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

    /** Drops the invitation to a channel that the client has joined or that no longer exists. */
    public void notInvited(RoomName room) {
        if (!invitations.isEmpty()) {
            invitations.remove(room.key());
        }
    }

    /** The channels that the client has been invited to and has not joined since. */
    public List<RoomName> invitations() {
        return List.copyOf(invitations.values());
    }

    /** The multiline message that the client is sending. */
    public Optional<Multiline> multiline() {
        return multiline;
    }

    public void multiline(Optional<Multiline> to) {
        multiline = to;
    }

    /** The metadata keys that the client has subscribed to. */
    public Set<String> subscriptions() {
        return subscriptions;
    }

    /** The live set of {@link #subscriptions}, to be modified. */
    public Set<String> subscriptionsToChange() {
        if (!(subscriptions instanceof LinkedHashSet)) {
            subscriptions = new LinkedHashSet<>();
        }
        return subscriptions;
    }

    /** Metadata that the client has set for itself before registration. */
    public Map<String, String> pendingMetadata() {
        return pendingMetadata;
    }

    public void pendingMetadata(Map<String, String> to) {
        pendingMetadata = to;
    }

    /** The monitored nicks as typed, by nick key. */
    public Map<String, String> monitored() {
        return monitored;
    }

    /** The live map of {@link #monitored}, to be modified. */
    public Map<String, String> monitoredToChange() {
        if (!(monitored instanceof LinkedHashMap)) {
            monitored = new LinkedHashMap<>();
        }
        return monitored;
    }
}
