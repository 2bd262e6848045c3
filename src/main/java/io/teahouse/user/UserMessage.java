package io.teahouse.user;

/** What a directory tells the owner of a user. */
public sealed interface UserMessage permits Notification, Disconnect {}
