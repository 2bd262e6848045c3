package io.teahouse.tool.client;

/**
 * The client's side of a protocol: what it sends to join its rooms, and how it replies. It does no I/O: the
 * caller passes lines in and sends the result. For one connection and one thread.
 */
public interface ClientSession {
    /** What the client sends first, with line ends. */
    String start();

    /**
     * Takes a line of the server, without its end.
     *
     * @return the reply, with line ends; usually empty
     * @throws RefusedException when the server does not let the client in, or closes the connection
     */
    String answer(String line) throws RefusedException;

    /** Whether each line is a message of a WebSocket by now, and line ends are not sent. */
    default boolean isFramed() {
        return false;
    }

    /** Whether the client is in all its rooms. */
    boolean hasEntered();
}
