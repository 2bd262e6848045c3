package io.teahouse.wire.irc;

/** One command. It has no state of its own: one instance serves all connections. */
public interface IrcCommand {
    Spec spec();

    /** Does what the call asks for; what the {@link Spec} states has been checked. */
    void run(Call call);

    /** How much work it is for others' expense, see {@link io.teahouse.client.Request#work}; asked before it is run. */
    default int work(Call call) {
        return 0;
    }

    /** True for messages: they may be run while the receipts of earlier ones are still out. */
    default boolean isMessage() {
        return false;
    }
}
