package io.teahouse.operator;

import java.time.Duration;

/**
 * The settings of powers.
 *
 * @param defaultBanDuration how long a ban lasts, if the operator does not say; {@link Durations#FOREVER}: for ever
 * @param banLimit how many users a ban may hit without being forced
 */
public record PowerSettings(Duration defaultBanDuration, int banLimit) {}
