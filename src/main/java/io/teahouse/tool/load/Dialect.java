package io.teahouse.tool.load;

import java.nio.ByteBuffer;
import java.util.Locale;

/** What a server speaks: how a client gets into its room, and what stands around a message. */
interface Dialect {
    String name();

    /** What a client of {@code room} writes before the text of a message. */
    String messagePrefix(int room);

    String lineEnd();

    /** Whether the server says when a client is in its room; if not, only a probe can tell. */
    boolean confirmsJoins();

    /** The same, with every client told its own messages. */
    Dialect withReceipts();

    /** The connection stands: the client says who it is. */
    void connected(Crowd crowd, Client client);

    /** A line arrived that is no message of this run; it lies in {@code in} from {@code begin} to {@code end}. */
    void heard(Crowd crowd, Client client, ByteBuffer in, int begin, int end);

    /** The name of a client, the same in all dialects. */
    static String nameOf(Client client) {
        return String.format(Locale.ROOT, "u%05x", client.id());
    }
}
