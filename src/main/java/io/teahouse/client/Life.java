package io.teahouse.client;

import akka.util.ByteString;

/** How the life of the connection goes on. */
interface Life {
    void entered();

    void quit(String text);

    void cutOff(String reason);

    void write(ByteString bytes);

    void separateWrites();

    /** How many bytes more may be written before the client counts as too slow. */
    int free();

    /** How much of what was written the connection has taken. */
    Outbox.Progress written();

    /** Has {@code then} called once when little waits to be written; from any thread. */
    void whenRead(Runnable then);
}
