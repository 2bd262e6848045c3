package io.teahouse.client;

import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import io.teahouse.user.UserDirectory;

/**
 * The queries of one client.
 *
 * @param memberships know the partners of its conversations
 */
record ClientQueries(
        ClientQuestions rooms, ClientPast past, ClientMarkers markers, UserDirectory users, Memberships memberships)
        implements Session.Queries {
    @Override
    public String partner(RoomName conversation) {
        return memberships
                .find(conversation)
                .flatMap(Membership::partner)
                .map(Nick::text)
                .filter(name -> past.isPartner(conversation, name))
                .orElseGet(() -> past.partner(conversation));
    }
}
