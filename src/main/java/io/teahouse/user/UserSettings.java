package io.teahouse.user;

import java.time.Duration;

/**
 * The limits of each user. {@code reference.conf} explains each value under {@code teahouse.accounts}.
 *
 * @param connections how many one user may have at a time
 * @param absence how long a user with an account stays in their rooms after losing the last connection; zero: not at all
 * @param mostAbsent how many users may do so at a time
 * @param alwaysOn who stays however the last connection ends
 * @param answerTimeout how long a room may take to answer
 */
public record UserSettings(
        int connections, Duration absence, int mostAbsent, AlwaysOn alwaysOn, Duration answerTimeout) {
    /** Whose choice it is to be always-on. */
    public enum Mode {
        /** Nobody is. */
        OFF,
        /** Users with an account who choose it. */
        OPT_IN,
        /** Users with an account who do not choose otherwise. */
        OPT_OUT
    }

    /**
     * Users who stay in their rooms without a connection, also when the server restarts.
     *
     * @param mostUsers how many may be without a connection at a time
     * @param time how long each may
     */
    public record AlwaysOn(Mode mode, int mostUsers, Duration time) {
        /** Whether a user who has not chosen is always-on. */
        boolean isDefault() {
            return mode == Mode.OPT_OUT;
        }
    }
}
