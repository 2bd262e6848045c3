package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.ForeignProtocol;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Inspects the first line of a connection before it is processed. If it belongs to another protocol, the client gets
 * {@link ClientActor.Foreign} and no further input.
 */
final class ProtocolGuard implements Framer {
    /** The number of bytes of the first line that are inspected. */
    private static final int LONGEST = 1024;

    private static final ByteString NOTHING = ByteString.emptyByteString();

    private final Framer framer;
    private ByteString beginning = NOTHING;
    /** Whether the first line has been inspected. */
    private boolean inspected;

    private boolean foreign;

    ProtocolGuard(Framer framer) {
        this.framer = framer;
    }

    @Override
    public void feed(ByteString bytes, Consumer<ClientActor.Command> client) {
        if (!inspected) {
            inspect(bytes, client);
        }
        if (!foreign) {
            framer.feed(bytes, client);
        }
    }

    private void inspect(ByteString bytes, Consumer<ClientActor.Command> client) {
        beginning = beginning.concat(bytes.take(LONGEST)).compact();
        Optional<String> why = ForeignProtocol.recognize(beginning);
        if (why.isPresent()) {
            foreign = true;
            client.accept(new ClientActor.Foreign(why.get()));
        }
        inspected = foreign || beginning.size() >= LONGEST || hasLine();
        beginning = inspected ? NOTHING : beginning;
    }

    /** Whether a line that is not empty is complete. */
    private boolean hasLine() {
        boolean begun = false;
        for (int i = 0; i < beginning.size(); i++) {
            byte b = beginning.apply(i);
            if (b == '\n' && begun) {
                return true;
            }
            begun |= b != '\n' && b != '\r';
        }
        return false;
    }

    @Override
    public void end(Consumer<ClientActor.Command> client) {
        if (!foreign) {
            framer.end(client);
        }
    }

    @Override
    public int begun() {
        return beginning.size() + framer.begun();
    }
}
