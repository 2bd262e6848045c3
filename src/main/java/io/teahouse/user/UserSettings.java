package io.teahouse.user;

import java.time.Duration;

/**
 * The limits of each user. {@code reference.conf} explains each value under {@code teahouse.accounts}.
 *
 * @param connections how many one user may have at a time
 * @param absence how long a user with an account stays in their rooms after losing the last connection; zero: not at all
 * @param mostAbsent how many users may do so at a time
 * @param answerTimeout how long a room may take to answer
 */
public record UserSettings(int connections, Duration absence, int mostAbsent, Duration answerTimeout) {}
