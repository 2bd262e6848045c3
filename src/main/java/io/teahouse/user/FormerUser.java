package io.teahouse.user;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import java.time.Instant;

/**
 * A user who had a nick until then.
 *
 * @param profile when they left, or took another nick
 * @param address see {@link UserSnapshot#address}
 */
public record FormerUser(Nick nick, Profile profile, String address, Instant until) {}
