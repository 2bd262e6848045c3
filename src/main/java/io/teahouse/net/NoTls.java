package io.teahouse.net;

import akka.NotUsed;
import akka.stream.TLSProtocol;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.TLSPlacebo;
import akka.util.ByteString;

/** What stands in place of TLS below Akka HTTP, for connections without it. */
public final class NoTls {
    /** For the compiler: bytes of a session are input. */
    private static final BidiFlow<
                    TLSProtocol.SslTlsOutbound,
                    TLSProtocol.SslTlsOutbound,
                    TLSProtocol.SessionBytes,
                    TLSProtocol.SslTlsInbound,
                    NotUsed>
            SESSION = BidiFlow.fromFunctions(outbound -> outbound, bytes -> bytes);

    private NoTls() {}

    public static BidiFlow<TLSProtocol.SslTlsOutbound, ByteString, ByteString, TLSProtocol.SslTlsInbound, NotUsed>
            layer() {
        return SESSION.atop(TLSPlacebo.getInstance());
    }
}
