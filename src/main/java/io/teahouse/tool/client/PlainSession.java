package io.teahouse.tool.client;

/** The plain protocol: the first line is the name, each further line a message to the room. */
public final class PlainSession implements ClientSession {
    private final String name;
    private final String join;
    private final String ack;
    private boolean entered;

    /**
     * Makes the session of one client.
     *
     * @param join the line that asks for a room; empty: the client stays in the room in which everybody starts
     * @param ack the client is in its room once a line contains this; empty: as soon as it has sent its name
     */
    public PlainSession(String name, String join, String ack) {
        this.name = name;
        this.join = join;
        this.ack = ack;
    }

    @Override
    public String start() {
        entered = ack.isEmpty();
        return join.isEmpty() ? name + "\n" : name + "\n" + join + "\n";
    }

    @Override
    public String answer(String line) {
        entered = entered || line.contains(ack);
        return "";
    }

    @Override
    public boolean hasEntered() {
        return entered;
    }
}
