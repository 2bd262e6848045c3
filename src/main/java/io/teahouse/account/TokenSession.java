package io.teahouse.account;

/** A login by a token. */
public record TokenSession(Account account, LoginToken token) {}
