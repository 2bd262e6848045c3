package io.teahouse.client;

/** What one {@link ClientActor} does for its dialect. */
record ClientSession(
        Session.Identity identity,
        Login login,
        Session.Rooms rooms,
        Session.Queries queries,
        Session.Connection connection)
        implements Session {}
