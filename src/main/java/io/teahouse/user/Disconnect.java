package io.teahouse.user;

/**
 * Ends the connections of a user.
 *
 * @param reason for the user and all who see them leave
 */
public record Disconnect(String reason) implements UserMessage {}
