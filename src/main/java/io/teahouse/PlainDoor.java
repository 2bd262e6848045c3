package io.teahouse;

import io.teahouse.net.ListenerSettings;
import io.teahouse.wire.plain.PlainSettings;
import java.time.Duration;

/**
 * The settings of the plain door.
 *
 * @param listener where it listens
 * @param dialect how it speaks
 * @param idleTimeout how long its clients may be silent; zero: for ever
 */
record PlainDoor(ListenerSettings listener, PlainSettings dialect, Duration idleTimeout) {}
