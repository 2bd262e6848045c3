package io.teahouse.tool.crash;

import java.util.Random;

/**
 * When a server is to be killed.
 *
 * @param chance where within that moment, from 0 to 1
 */
record Kill(Moment moment, double chance) {
    /** What the server and the clients are doing. */
    enum Moment {
        STARTING("during a start"),
        RETURNING("while clients reconnected"),
        LOADED("under load");

        private final String text;

        Moment(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final int STARTING_OF_TEN = 2;
    private static final int RETURNING_OF_TEN = 2;

    static Kill next(Random random) {
        int die = random.nextInt(10);
        Moment moment = die < STARTING_OF_TEN
                ? Moment.STARTING
                : die < STARTING_OF_TEN + RETURNING_OF_TEN ? Moment.RETURNING : Moment.LOADED;
        return new Kill(moment, random.nextDouble());
    }

    static Kill underLoad(Random random) {
        return new Kill(Moment.LOADED, random.nextDouble());
    }
}
