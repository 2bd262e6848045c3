package io.teahouse.tool.load;

import io.teahouse.tool.client.ClientSession;
import io.teahouse.tool.client.LineBuffer;
import io.teahouse.tool.client.PlainSession;

/**
 * The plain protocol.
 *
 * @param join the line that asks for a room, {@code %d} being its number; empty if the server has one room only
 * @param ack a client is registered once a line contains this; empty: as soon as it has sent its name
 */
record PlainDialect(String join, String ack) implements Dialect {
    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String messagePrefix(int room) {
        return "";
    }

    @Override
    public String lineEnd() {
        return "\n";
    }

    @Override
    public boolean confirmsJoins() {
        return false;
    }

    /** A plain room sends each message to its sender, too. */
    @Override
    public Dialect withReceipts() {
        return this;
    }

    @Override
    public ClientSession session(int client, int room) {
        return new PlainSession(Dialect.nameOf(client), join.replace("%d", Integer.toString(room)), ack);
    }

    @Override
    public boolean needsNoAnswer(LineBuffer line) {
        return true;
    }

    @Override
    public boolean isQuit(String line) {
        return false;
    }
}
