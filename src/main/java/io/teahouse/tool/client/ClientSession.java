package io.teahouse.tool.client;

/**
 * The client's side of a protocol: what it sends to get into its rooms, and what it answers. It does no I/O: the caller
 * passes lines in and sends what comes out. For one connection and one thread.
 */
public interface ClientSession {
    /** What the client sends first, with line ends. */
    String start();

    /**
     * Takes a line of the server, without its end.
     *
     * @return what to send in answer, with line ends; mostly empty
     * @throws RefusedException when the server does not let the client in, or closes the connection
     */
    String answer(String line) throws RefusedException;

    /** Whether the client is in all its rooms. */
    boolean hasEntered();
}
