package io.teahouse.wire.irc;

/**
 * An immutable set of capabilities. Clients with equal sets see the same bytes, so a set also identifies a variant of a
 * rendering.
 */
public record Capabilities(long bits) {
    public static final Capabilities NONE = new Capabilities(0);

    /** The capabilities that change how an event in a room is written. */
    private static final Capabilities RENDERING = NONE.with(Capability.ACCOUNT_NOTIFY)
            .with(Capability.ACCOUNT_TAG)
            .with(Capability.AWAY_NOTIFY)
            .with(Capability.BATCH)
            .with(Capability.CHANNEL_RENAME)
            .with(Capability.EXTENDED_JOIN)
            .with(Capability.INVITE_NOTIFY)
            .with(Capability.MESSAGE_TAGS)
            .with(Capability.MULTILINE)
            .with(Capability.REDACTION)
            .with(Capability.SERVER_TIME)
            .with(Capability.SETNAME);

    public boolean has(Capability one) {
        return (bits & one.bit()) != 0;
    }

    public Capabilities with(Capability one) {
        return new Capabilities(bits | one.bit());
    }

    public Capabilities without(Capability one) {
        return new Capabilities(bits & ~one.bit());
    }

    Capabilities forRendering() {
        return new Capabilities(bits & RENDERING.bits);
    }
}
