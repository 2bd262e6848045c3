package io.teahouse.tool.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The plain protocol: the first line is the name, each further line a message to the room.
 *
 * @param join the line that asks for a room, {@code %d} being its number; empty if the server has one room only
 * @param ack a client is registered once a line holds this; empty: as soon as it has sent its name
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

    /** A plain room tells everybody. */
    @Override
    public Dialect withReceipts() {
        return this;
    }

    @Override
    public void connected(Crowd crowd, Client client) {
        crowd.say(client, Dialect.nameOf(client) + "\n");
        if (!join.isEmpty()) {
            crowd.say(client, join.replace("%d", Integer.toString(client.room())) + "\n");
        }
        if (ack.isEmpty()) {
            crowd.ready(client);
        }
    }

    @Override
    public void heard(Crowd crowd, Client client, ByteBuffer in, int begin, int end) {
        if (client.state == Client.State.REGISTERING
                && StandardCharsets.UTF_8
                        .decode(in.duplicate().limit(end).position(begin))
                        .toString()
                        .contains(ack)) {
            crowd.ready(client);
        }
    }
}
