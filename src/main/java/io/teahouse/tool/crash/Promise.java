package io.teahouse.tool.crash;

/** The promises of the server that the checker verifies. */
enum Promise {
    RECEIPT_MEANS_STORED("a message with a receipt is in the history"),
    REPEATS_ARE_ANSWERED("a message that is repeated long enough gets a receipt"),
    ONE_RECEIPT("all receipts of a message have the same msgid"),
    STORED_ONCE("no message is in the history twice"),
    ONE_MSGID("no two messages have the same msgid"),
    SHOWN_ONCE("no message is shown twice on one connection"),
    SHOWN_MEANS_STORED("a message that was shown is in the history"),
    SAME_FOR_ALL("a message is the same for everybody: msgid, time, sender, text"),
    SAME_ORDER("messages are shown in the order of the history"),
    NOTHING_SKIPPED("a member is shown every message"),
    IN_TURN("messages of one sender stay in order"),
    TIME_GOES_ON("times never decrease within a room"),
    NOTHING_INVENTED("the history contains only messages that were sent"),
    WHO_STAYS_IS_NOT_SHOWN("nobody is shown to come or to go who stays connected"),
    NOBODY_GAINS_A_RANK("nobody gains a rank"),
    MEMBERS_AGREE("all nodes list the same members, those who are connected"),
    ONE_OWNER("a nick belongs to one user");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
