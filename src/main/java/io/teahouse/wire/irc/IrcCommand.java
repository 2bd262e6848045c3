package io.teahouse.wire.irc;

/** One command. It has no state of its own: one instance serves all connections. */
public interface IrcCommand {
    Spec spec();

    /** Does what the call asks for; what the {@link Spec} states has been checked. */
    void run(Call call);

    /** True for messages: they may be run while the receipts of earlier ones are still out. */
    default boolean isMessage() {
        return false;
    }
}
