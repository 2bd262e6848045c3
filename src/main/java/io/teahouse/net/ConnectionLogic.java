package io.teahouse.net;

import akka.actor.Cancellable;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.SubscriptionWithCancelException;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.InHandler;
import akka.stream.stage.OutHandler;
import akka.util.ByteString;
import io.teahouse.client.ClientActor;
import io.teahouse.client.Outbox;
import io.teahouse.client.ReadWindow;
import io.teahouse.room.support.Rounds;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;

/**
 * The stream between a transport and a client: passes incoming lines to the client's actor, and pushes all bytes in the
 * outbox as one write. Stops reading while too much input waits for the client.
 *
 * <p>When the outbox is closed, the rest is written and the connection is closed in good order. If the peer does not
 * read the rest or does not close its side, the connection is aborted after a while. The client is always notified of
 * the end.
 */
class ConnectionLogic extends GraphStageLogic implements InHandler, OutHandler, Outbox.Stage, ReadWindow.Reader {
    /**
     * How long the peer of a connection that was closed in good order may take to read the next piece, and finally to
     * close.
     */
    private static final FiniteDuration LINGER = FiniteDuration.create(5, TimeUnit.SECONDS);

    /** The same when the server shuts down; and in all when the client was disconnected. */
    private static final FiniteDuration LINGER_SHORT = FiniteDuration.create(1, TimeUnit.SECONDS);

    /** The approximate size of one write; more would only move the queue elsewhere. */
    private static final int WRITE = 128 * 1024;

    /** The approximate size of one write while lingering: a slow line can take it within the time limit. */
    private static final int LAST_WRITE = 16 * 1024;

    private static final Cancellable NO_TIMER = Cancellable.alreadyCancelled();

    private enum Wake {
        OUTBOX,
        READ_WINDOW,
        TIME_IS_UP
    }

    final Inlet<ByteString> in;
    final Outlet<ByteString> out;

    private ConnectionParts parts;
    private final AsyncCallback<Wake> callback = createAsyncCallback(this::onWake);
    private boolean mayRead = true;

    /** Unless this is {@code OPEN}, input is read only to notice the peer's close, and is dropped. */
    private Outbox.End ending = Outbox.End.OPEN;

    private Cancellable timer = NO_TIMER;
    private String why = "closed by the peer";

    ConnectionLogic(FlowShape<ByteString, ByteString> shape, ConnectionParts parts) {
        super(shape);
        this.in = shape.in();
        this.out = shape.out();
        this.parts = parts;
        setHandlers(in, out, this);
    }

    @Override
    public void preStart() {
        attach();
        pull(in);
        lingerIfClosed();
    }

    /**
     * Begins with these parts in a running stream, after a negotiation.
     *
     * @param received the input that has been read already
     */
    final void begin(ConnectionParts negotiated, ByteString received) {
        parts = negotiated;
        setHandlers(in, out, this);
        attach();
        feed(received);
        if (isClosed(in)) {
            onUpstreamFinish();
        } else if (mayRead && !hasBeenPulled(in)) {
            pull(in);
        }
        flush();
        lingerIfClosed();
    }

    private void attach() {
        SocketChannel socket = parts.socket();
        parts.outbox()
                .attach(
                        socket != null && Thread.currentThread() instanceof Rounds
                                ? new SocketWriter(socket, parts.outbox(), this)
                                : this);
        parts.readWindow().attach(this);
    }

    // From the peer

    @Override
    public void onPush() {
        feed(grab(in));
        if (mayRead || isLingering()) {
            pull(in);
        }
    }

    private void feed(ByteString bytes) {
        if (!isLingering() && bytes.nonEmpty()) {
            parts.framer().feed(bytes, this::tell);
            parts.readWindow().begun(parts.framer().begun());
        }
    }

    private void tell(ClientActor.Command command) {
        if (command.weight() > 0) {
            mayRead &= parts.readWindow().handed(command.weight());
        }
        parts.client().tell(command);
    }

    @Override
    public void onUpstreamFinish() {
        parts.framer().end(this::tell);
        parts.client().tell(new ClientActor.InputEnded());
        if (isClosed(out)) {
            completeStage();
        }
    }

    @Override
    public void onUpstreamFailure(Throwable cause) {
        end(cause);
    }

    // To the peer

    @Override
    public void onPull() {
        flush();
    }

    @Override
    public void onDownstreamFinish(Throwable cause) {
        end(cause);
    }

    @Override
    public void wake() {
        callback.invoke(Wake.OUTBOX);
    }

    @Override
    public void resume() {
        callback.invoke(Wake.READ_WINDOW);
    }

    private void onWake(Wake what) {
        switch (what) {
            case OUTBOX -> {
                if (parts.outbox().end() == Outbox.End.ABORTED && !isAvailable(out)) {
                    fail("the send queues of all clients are full, and it does not read");
                } else {
                    flush();
                    lingerIfClosed();
                }
            }
            case READ_WINDOW -> {
                mayRead = true;
                pullIfPossible();
            }
            case TIME_IS_UP -> fail("the peer did not close in time");
        }
    }

    private void fail(String cause) {
        why = cause;
        failStage(new IllegalStateException(why)); // which resets the connection
    }

    private void flush() {
        if (!isAvailable(out)) {
            return;
        }
        ByteString bytes = parts.lines().isPresent() ? nextLine(parts.lines().get()) : nextWrite();
        if (bytes.isEmpty()) {
            bytes = lastBytes();
        }
        if (bytes.nonEmpty()) {
            push(out, bytes);
            giveMoreTime();
        } else if (parts.outbox().end() != Outbox.End.OPEN) {
            giveMoreTime();
            complete(out);
            if (isClosed(in)) {
                completeStage();
            }
        }
    }

    /** What the framing sends when everything else is written, once. */
    private ByteString lastBytes() {
        Outbox.End how = parts.outbox().end();
        return how == Outbox.End.OPEN
                ? ByteString.emptyByteString()
                : parts.framer().farewell(how);
    }

    private ByteString nextWrite() {
        return parts.outbox().take(isLingering() ? LAST_WRITE : WRITE);
    }

    /**
     * Empty when nothing waits. Lines count as waiting until the last one that was taken with them is
     * written.
     */
    private ByteString nextLine(OutputLines lines) {
        ByteString line = lines.next();
        while (line.isEmpty()) {
            ByteString taken = nextWrite();
            if (taken.isEmpty()) {
                return taken;
            }
            lines.add(taken);
            line = lines.next();
        }
        return line;
    }

    /** Limits the time for which a peer that does not read keeps its connection. */
    private void lingerIfClosed() {
        Outbox.End how = parts.outbox().end();
        if (how != ending) {
            ending = how;
            startTimer();
            pullIfPossible();
        }
    }

    private boolean isLingering() {
        return ending != Outbox.End.OPEN;
    }

    /** A peer that has read a piece may take as long for the next one, unless it was disconnected. */
    private void giveMoreTime() {
        if (isLingering() && ending != Outbox.End.CUT_OFF) {
            startTimer();
        }
    }

    private void startTimer() {
        timer.cancel();
        timer = materializer()
                .scheduleOnce(
                        ending == Outbox.End.FINISHED ? LINGER : LINGER_SHORT, () -> callback.invoke(Wake.TIME_IS_UP));
    }

    private void pullIfPossible() {
        if (!isClosed(in) && !hasBeenPulled(in)) {
            pull(in);
        }
    }

    private void end(Throwable cause) {
        String message = cause.getMessage();
        if (!(cause instanceof SubscriptionWithCancelException.NonFailureCancellation)) {
            why = message == null ? cause.getClass().getSimpleName() : message;
        }
        completeStage();
    }

    @Override
    public void postStop() {
        timer.cancel();
        parts.outbox().discard();
        parts.client().tell(new ClientActor.Disconnected(why));
    }
}
