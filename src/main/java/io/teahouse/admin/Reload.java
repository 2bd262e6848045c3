package io.teahouse.admin;

/** Reloads the settings of the server. */
public interface Reload {
    /**
     * Blocks while it reads.
     *
     * @return what needs a restart or is unknown, on one line; empty: all changes have taken effect
     * @throws Unusable if the settings are invalid; those in use stay
     */
    String reload() throws Unusable;

    /** The settings cannot be used. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        /** @param why one line, for the operator */
        public Unusable(String why) {
            super(why);
        }
    }
}
