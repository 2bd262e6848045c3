package io.teahouse.room;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who has been asked into a room and has not come yet. Pure. */
final class Invitations {
    /** By user, the oldest first. */
    private final Map<String, Invitation> byUser = new LinkedHashMap<>();

    /** Takes the place of an earlier one for the same user. */
    void add(Invitation invitation) {
        byUser.remove(invitation.user());
        byUser.put(invitation.user(), invitation);
    }

    /** The one for somebody of that name: for the account, or for the connection. */
    Optional<Invitation> find(Nick nick, Profile profile) {
        return users(nick, profile)
                .flatMap(user -> Optional.ofNullable(byUser.get(user)).stream())
                .findFirst();
    }

    private static Stream<String> users(Nick nick, Profile profile) {
        return Stream.of(profile, profile.withAccount("")).map(each -> each.identity(nick));
    }

    /** They have come. True if they were asked in. */
    boolean use(Nick nick, Profile profile) {
        return byUser.keySet().removeAll(users(nick, profile).toList());
    }

    /** Those that were given before that time hold good no longer. */
    void expire(Instant before) {
        byUser.values().removeIf(invitation -> invitation.at().isBefore(before));
    }

    int count() {
        return byUser.size();
    }

    int countOf(String inviter) {
        return (int) byUser.values().stream()
                .filter(invitation -> invitation.by().equals(inviter))
                .count();
    }

    Set<Invitation> all() {
        return Set.copyOf(byUser.values());
    }

    void replace(Collection<Invitation> others) {
        byUser.clear();
        others.forEach(this::add);
    }
}
