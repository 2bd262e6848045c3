package io.teahouse.tool.crash;

/** What the server promises, one rule each. */
enum Promise {
    RECEIPT_MEANS_STORED("what has a receipt is in the history"),
    REPEATS_ARE_ANSWERED("what is repeated long enough gets a receipt"),
    ONE_RECEIPT("all receipts of a message bear the same msgid"),
    STORED_ONCE("no message is in the history twice"),
    ONE_MSGID("no two messages have the same msgid"),
    SHOWN_ONCE("nothing is shown twice to one connection"),
    SHOWN_MEANS_STORED("what was shown is in the history"),
    SAME_FOR_ALL("a message is the same for everybody: msgid, time, sender, text"),
    SAME_ORDER("everybody is shown things in the order of the history"),
    NOTHING_SKIPPED("whoever is there is shown everything"),
    IN_TURN("what one person says stays in order"),
    TIME_GOES_ON("time does not run backwards in a room"),
    NOTHING_INVENTED("the history holds what was said, and nothing else");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
