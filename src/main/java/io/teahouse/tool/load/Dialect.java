package io.teahouse.tool.load;

import io.teahouse.tool.client.ClientSession;
import io.teahouse.tool.client.LineBuffer;
import java.util.Locale;

/** The protocol of a server: how a client joins its room, and how a message is framed. */
interface Dialect {
    String name();

    /** What a client of {@code room} writes before the text of a message. */
    String messagePrefix(int room);

    String lineEnd();

    /** Whether the server says when a client is in its room; if not, only a probe can tell. */
    boolean confirmsJoins();

    /** The same dialect, with each client receiving its own messages. */
    Dialect withReceipts();

    /** How the client with that number gets into {@code room}. */
    ClientSession session(int client, int room);

    /** Whether a client that is in its room needs no answer to the current line. Called often: it must not allocate. */
    boolean needsNoAnswer(LineBuffer line);

    /** Whether {@code line} says that another client left. */
    boolean isQuit(String line);

    /** The name of a client, the same in all dialects. */
    static String nameOf(int client) {
        return String.format(Locale.ROOT, "u%05x", client);
    }

    /** The number of the client with that name; negative if no client has such a name. */
    static int numberOf(String name) {
        try {
            return name.length() == 6 && name.startsWith("u") ? Integer.parseUnsignedInt(name.substring(1), 16) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
