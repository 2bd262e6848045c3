package io.teahouse.wire.irc;

/** A set of capabilities. Two sets that are equal see the same bytes, so it is also the variant of a rendering. */
public record Capabilities(long bits) {
    public static final Capabilities NONE = new Capabilities(0);

    /** Those that change how an event in a room is written. */
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
