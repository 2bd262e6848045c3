package io.teahouse.user;

/** What a directory tells a user. */
public sealed interface UserMessage extends UserActor.Command permits AccountRenamed, Disconnect, Notification {}
