package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import java.util.function.Consumer;

/** Cuts what a connection sends into frames for its client. One per connection; one thread at a time. */
interface Framer {
    /** Some bytes have come; {@code client} is told what is complete. */
    void feed(ByteString bytes, Consumer<ClientActor.Command> client);

    /** No more will come. */
    void end(Consumer<ClientActor.Command> client);

    /** How many bytes it keeps of what is not complete. */
    int begun();
}
