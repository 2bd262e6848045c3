package io.teahouse.wire.irc;

/** One IRC command. It is stateless: one instance serves all connections. */
public interface IrcCommand {
    Spec spec();

    /** Runs the command. The conditions in its {@link Spec} have been checked. */
    void run(Call call);

    /**
     * The work that the call would cause, see {@link io.teahouse.client.Request#work}. Called before {@link #run}, and
     * not for messages.
     */
    default int work(Call call) {
        return 0;
    }

    /**
     * Whether this command sends a message: messages may be pipelined, so the next one runs before the receipts of
     * earlier ones.
     */
    default boolean isMessage() {
        return false;
    }
}
