package io.teahouse.client;

/** The session that one {@link ClientActor} offers to its dialect. */
record ClientSession(
        Session.Identity identity,
        Login login,
        Session.Rooms rooms,
        Session.Queries queries,
        Session.Connection connection)
        implements Session {}
