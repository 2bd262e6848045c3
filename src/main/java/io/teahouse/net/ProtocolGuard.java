package io.teahouse.net;

import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.ForeignProtocol;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Inspects the first line of a connection before it is processed. If it belongs to another protocol, the
 * client's actor is told so, and gets nothing that follows.
 */
final class ProtocolGuard implements Framer {
    /** The first line has been inspected. */
    private static final int LONGEST = 1024;

    private static final ByteString NOTHING = ByteString.emptyByteString();

    private final Framer framer;
    private ByteString beginning = NOTHING;
    private boolean known;
    private boolean foreign;

    ProtocolGuard(Framer framer) {
        this.framer = framer;
    }

    @Override
    public void feed(ByteString bytes, Consumer<ClientActor.Command> client) {
        if (!known) {
            look(bytes, client);
        }
        if (!foreign) {
            framer.feed(bytes, client);
        }
    }

    private void look(ByteString bytes, Consumer<ClientActor.Command> client) {
        beginning = beginning.concat(bytes.take(LONGEST)).compact();
        Optional<String> why = ForeignProtocol.recognize(beginning);
        if (why.isPresent()) {
            foreign = true;
            client.accept(new ClientActor.Foreign(why.get()));
        }
        known = foreign || beginning.size() >= LONGEST || hasLine();
        beginning = known ? NOTHING : beginning;
    }

    /** Whether a line is complete that is not empty. */
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
