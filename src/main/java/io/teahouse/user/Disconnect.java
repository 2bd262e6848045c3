package io.teahouse.user;

/**
 * Ends connections of a user.
 *
 * @param reason for the user, and for all who see them leave
 */
public record Disconnect(String reason) implements UserMessage, UserEvent {}
