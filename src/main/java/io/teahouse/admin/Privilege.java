package io.teahouse.admin;

/** What a token may do; the settings name each in lower case. */
public enum Privilege {
    /** Read what the server counts. */
    METRICS,
    /** Reload the settings. */
    RELOAD
}
