package io.teahouse.hook;

import java.util.concurrent.CompletionStage;

/** Sends one event to a receiver, once. Thread-safe. */
interface EventSender {
    /**
     * Sends it. The stage does not fail.
     *
     * @param attempt counts the attempts at this event
     * @return empty: the receiver has accepted it; otherwise why not
     */
    CompletionStage<String> send(HookSettings.Outgoing hook, String id, String body, int attempt);
}
