package io.teahouse.net;

import akka.util.ByteString;
import java.nio.ByteBuffer;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The server's end of one TLS connection, without a socket: encrypted bytes go in and out, and so do plain ones. Not
 * thread-safe; a task of the handshake may run on another thread as long as nothing else is called.
 *
 * <p>A client may not renegotiate (RFC 9325 §3.5), and may send only a few records that carry no data (key updates,
 * empty records) in proportion to its data, since each costs the server work.
 */
final class TlsSession {
    /** Records without data that a client may send at the start of a session; OpenSSL allows as many in a row. */
    private static final int EMPTY_RECORDS = 32;

    /** The amount of data that allows a client one more. */
    private static final int BYTES_PER_EMPTY_RECORD = 16 * 1024;

    /** Enough for one record, encrypted or not. */
    private static final int RECORD = 17 * 1024;

    /** Only used within one call, so the connections of a thread share it. */
    private static final ThreadLocal<ByteBuffer> SCRATCH = ThreadLocal.withInitial(() -> ByteBuffer.allocate(RECORD));

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final ByteString EMPTY = ByteString.emptyByteString();

    private final SSLEngine engine;

    /** A copy, because records are decrypted in place. */
    private ByteBuffer received = NOTHING;

    private ByteString plain = EMPTY;
    private ByteString encrypted = EMPTY;
    private boolean starved = true;
    private boolean established;
    private boolean inputClosed;
    private boolean closed;
    private long data;
    private long emptyRecords;

    TlsSession(SSLEngine engine) throws SSLException {
        this.engine = engine;
        engine.beginHandshake();
    }

    /** Adds bytes that the peer has sent. */
    void received(ByteString bytes) {
        ByteBuffer all = ByteBuffer.allocate(received.remaining() + bytes.size());
        all.put(received);
        bytes.copyToBuffer(all);
        received = all.flip();
        starved = false;
    }

    /**
     * Processes what was received as far as possible.
     *
     * @param mayRead whether data may be decrypted; without it, only the handshake proceeds
     * @return a task that has to be run before this is called again; it takes a millisecond or more
     * @throws SSLException when the session has failed; call {@link #abandon} then
     */
    Optional<Runnable> advance(boolean mayRead) throws SSLException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    Runnable task = engine.getDelegatedTask();
                    if (established) {
                        throw new SSLException("the client asked for a renegotiation");
                    } else if (task != null) {
                        return Optional.of(task);
                    }
                }
                case NEED_WRAP -> {
                    if (!wrap(NOTHING)) {
                        return Optional.empty();
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    boolean isData = established; // only the peer's close is awaited
                    if ((isData && !mayRead) || !unwrap()) {
                        return Optional.empty();
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    established |= !inputClosed && !closed;
                    if (!mayRead || !unwrap()) {
                        return Optional.empty();
                    }
                }
            }
        }
    }

    /** Returns false if it cannot proceed. */
    private boolean unwrap() throws SSLException {
        if (!received.hasRemaining() || inputClosed) {
            starved = true;
            return false;
        }
        SSLEngineResult.HandshakeStatus before = engine.getHandshakeStatus();
        ByteBuffer to = SCRATCH.get().clear();
        SSLEngineResult result = engine.unwrap(received, to);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            to = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            result = engine.unwrap(received, to);
        }
        received = received.hasRemaining() ? received : NOTHING;
        if (result.bytesProduced() > 0) {
            plain = plain.concat(copy(to));
        }
        inputClosed |= result.getStatus() == SSLEngineResult.Status.CLOSED;
        starved = result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW;
        boolean moved = result.bytesConsumed() > 0;
        if (established && moved) {
            count(result.bytesProduced());
        }
        return !starved && !inputClosed && (moved || result.getHandshakeStatus() != before);
    }

    private void count(int produced) throws SSLException {
        data += produced;
        emptyRecords += produced == 0 ? 1 : 0;
        if (emptyRecords > EMPTY_RECORDS + data / BYTES_PER_EMPTY_RECORD) {
            throw new SSLException("too many records without data, such as key updates");
        }
    }

    /** Encrypts these bytes; does nothing when the session is closed. */
    void write(ByteString bytes) throws SSLException {
        ByteBuffer from = bytes.asByteBuffer();
        while (from.hasRemaining() && wrap(from)) {
            // one record after the other
        }
    }

    /** Ends the output, and notifies the peer. */
    void close() throws SSLException {
        if (!closed) {
            closed = true;
            engine.closeOutbound();
            while (!engine.isOutboundDone() && wrap(NOTHING)) {
                // the notification takes one or two records
            }
        }
    }

    /** Closes after a failure; an alert with the reason may still have to be sent. */
    void abandon() {
        inputClosed = true;
        received = NOTHING;
        try {
            close();
        } catch (SSLException e) {
            closed = true; // the peer is not notified
        }
    }

    /** Returns false if no more may be sent. */
    private boolean wrap(ByteBuffer from) throws SSLException {
        ByteBuffer to = SCRATCH.get().clear();
        SSLEngineResult result = engine.wrap(from, to);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            to = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            result = engine.wrap(from, to);
        }
        if (result.bytesProduced() > 0) {
            encrypted = encrypted.concat(copy(to));
        }
        return result.getStatus() == SSLEngineResult.Status.OK && result.bytesProduced() > 0;
    }

    private static ByteString copy(ByteBuffer filled) {
        ByteBuffer bytes = filled.flip();
        return ByteString.fromArray(bytes.array(), bytes.arrayOffset(), bytes.remaining());
    }

    /** The bytes that were decrypted since the last call. */
    ByteString takePlain() {
        ByteString taken = plain;
        plain = EMPTY;
        return taken;
    }

    /** The bytes to send since the last call. */
    ByteString takeEncrypted() {
        ByteString taken = encrypted;
        encrypted = EMPTY;
        return taken;
    }

    boolean hasEncrypted() {
        return encrypted.nonEmpty();
    }

    /** The number of received bytes that are not decrypted or not taken yet. */
    int held() {
        return received.remaining() + plain.size();
    }

    /**
     * Whether the handshake is complete and the bytes to send are only session tickets of TLS 1.3, which no peer waits
     * for. If the peer has reset the connection, sending them would fail, and its earlier input would be lost.
     */
    boolean hasTicketsOnly() {
        return established && engine.getSession().getProtocol().equals("TLSv1.3");
    }

    /** Whether it needs more bytes from the peer to proceed. */
    boolean isStarved() {
        return starved;
    }

    /** Whether the handshake is complete. */
    boolean isEstablished() {
        return established;
    }

    /** Whether the peer has announced the end of its output. */
    boolean isInputClosed() {
        return inputClosed;
    }
}
