package io.teahouse.web;

import java.net.InetAddress;
import java.util.concurrent.CompletionStage;

/** Port: tells whose upload it is. Thread-safe; must not block, and no returned stage fails. */
public interface UploadAccess {
    /** The answer. */
    sealed interface Answer {}

    /**
     * The upload is that of an account.
     *
     * @param account its key
     */
    record Allowed(String account) implements Answer {}

    /**
     * The upload is refused.
     *
     * @param status of HTTP: 401 (wrong credentials), 403 (banned), 429 (wait), or 503 (nobody can be asked just now)
     * @param why one line for the user
     */
    record Refused(int status, String why) implements Answer {}

    /** A token, by {@code Authorization: Bearer} (RFC 6750). */
    CompletionStage<Answer> byToken(String token, InetAddress from);

    /** A name and a password, by {@code Authorization: Basic} (RFC 7617). */
    CompletionStage<Answer> byPassword(String name, String password, InetAddress from);
}
