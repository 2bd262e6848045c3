package io.teahouse.user;

import io.teahouse.room.Nick;

/**
 * The account of the user has another name: they leave, and if they are always-on, they are back in their rooms under the new
 * name.
 *
 * @param reason for the user, and for all who see them leave
 */
public record AccountRenamed(Nick to, String reason) implements UserMessage {}
