package io.teahouse.net;

/** How the bytes of a transport become lines, and how the server's lines become bytes. */
public enum Framing {
    /** A line feed ends a line. */
    LINES,
    /** A carriage return ends a line, too, with or without a line feed or a NUL after it. */
    TERMINAL,
    /** A read is a message. */
    CHUNKS,
    /**
     * An element of the stream is one line without its end, in both directions: for transports with messages of their
     * own.
     */
    FRAMES;

    /** @param maxLine the longest line in bytes, without its end */
    Framer framer(int maxLine) {
        return switch (this) {
            case LINES -> new ProtocolGuard(new LineFramer(maxLine));
            case TERMINAL -> new ProtocolGuard(new TerminalFramer(maxLine));
            case CHUNKS -> new ProtocolGuard(new ChunkFramer(maxLine));
            case FRAMES -> new FrameFramer(maxLine);
        };
    }
}
