package io.teahouse.room;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The open invitations into a room. Pure. */
final class Invitations {
    /** By user, oldest first. */
    private final Map<UserId, Invitation> byUser = new LinkedHashMap<>();

    /** Adds an invitation; it replaces an earlier one for the same user. */
    void add(Invitation invitation) {
        byUser.remove(invitation.user());
        byUser.put(invitation.user(), invitation);
    }

    /** The invitation of that user, as an account or as the guest that they were before they logged in. */
    Optional<Invitation> find(Profile profile) {
        return users(profile)
                .flatMap(user -> Optional.ofNullable(byUser.get(user)).stream())
                .findFirst();
    }

    private static Stream<UserId> users(Profile profile) {
        return Stream.of(profile, profile.withAccount("")).map(Profile::id);
    }

    /** The user has joined. True if they were invited. */
    boolean use(Profile profile) {
        return byUser.keySet().removeAll(users(profile).toList());
    }

    /** Drops invitations that are older than that. */
    void expire(Instant before) {
        byUser.values().removeIf(invitation -> invitation.at().isBefore(before));
    }

    int count() {
        return byUser.size();
    }

    int countOf(UserId inviter) {
        return (int) byUser.values().stream()
                .filter(invitation -> invitation.by().equals(inviter))
                .count();
    }

    /** The inviter has another id from now on. */
    void changeInviter(UserId from, UserId to) {
        byUser.replaceAll((user, invitation) ->
                invitation.by().equals(from) ? new Invitation(user, to, invitation.at()) : invitation);
    }

    Set<Invitation> all() {
        return Set.copyOf(byUser.values());
    }

    void replace(Collection<Invitation> others) {
        byUser.clear();
        others.forEach(this::add);
    }
}
