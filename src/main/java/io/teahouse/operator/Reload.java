package io.teahouse.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Port: the settings of the server, which can be reloaded. */
public interface Reload {
    /** How many settings of each kind the text of a result names. */
    int MOST_NAMED = 8;

    /**
     * Blocks while it reads.
     *
     * @throws Unusable if the settings are invalid; those in use stay
     */
    Result run() throws Unusable;

    /** The settings in effect, by name, without secrets. Blocks while they are reloaded. */
    Map<String, String> settings();

    /**
     * Settings that were reloaded.
     *
     * @param changed names of those that have taken effect
     * @param needRestart names of those that differ from what the server was started with, and take effect when it is restarted
     * @param unknown names that are no settings, and are ignored
     */
    record Result(List<String> changed, List<String> needRestart, List<String> unknown) {
        /** One line for people. */
        public String text() {
            List<String> parts = new ArrayList<>();
            parts.add(changed.isEmpty() ? "nothing has changed" : "changed: " + named(changed));
            if (!needRestart.isEmpty()) {
                parts.add("need a restart: " + named(needRestart));
            }
            if (!unknown.isEmpty()) {
                parts.add("unknown, ignored: " + named(unknown));
            }
            return String.join("; ", parts);
        }

        private static String named(List<String> settings) {
            String first = String.join(", ", settings.subList(0, Math.min(MOST_NAMED, settings.size())));
            return settings.size() > MOST_NAMED ? first + " and " + (settings.size() - MOST_NAMED) + " more" : first;
        }
    }

    /** The settings cannot be used. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        /** @param why one line, for the operator */
        public Unusable(String why) {
            super(why);
        }
    }
}
