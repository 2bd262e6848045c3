package io.teahouse.admin;

/** What a token may do; the settings name each in lower case. */
public enum Privilege {
    /** Reload the settings. */
    RELOAD
}
