package io.teahouse.web;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.teahouse.client.Peer;
import io.teahouse.net.Negotiation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Decides by the first request of a connection: a WebSocket becomes a client, everything else is about pages. */
public final class WebNegotiation implements Negotiation {
    private final WebSettings settings;
    private final Origins origins;
    private final ForwardedPeer proxies;
    private final Flow<ByteString, ByteString, NotUsed> pages;

    /** A proxy could send a request for a WebSocket on a connection that it has used for pages. */
    private final Flow<ByteString, ByteString, NotUsed> singlePages;

    public WebNegotiation(WebSettings settings, Pages pages) {
        this.settings = settings;
        this.origins = new Origins(settings.origins());
        this.proxies = new ForwardedPeer(settings.proxies(), settings.standardHeader());
        this.pages = pages.flow(settings.idleTimeout(), true);
        this.singlePages = pages.flow(settings.idleTimeout(), false);
    }

    @Override
    public Verdict read(ByteString received, Peer peer) {
        RequestHead.Reading reading = RequestHead.read(received);
        if (reading instanceof RequestHead.Complete complete) {
            return Handshake.isWanted(complete.head())
                    ? upgrade(complete.head(), received.drop(complete.size()), peer)
                    : new Relay(isProxy(peer.address().getAddress()) ? singlePages : pages);
        } else if (reading instanceof RequestHead.TooLong) {
            return new Refuse(
                    Responses.text(431, "Request Header Fields Too Large", "the head of the request is too long", ""));
        } else if (reading instanceof RequestHead.Malformed) {
            return new Refuse(Responses.text(400, "Bad Request", "this port speaks HTTP and WebSocket only", ""));
        }
        return new More();
    }

    private Verdict upgrade(RequestHead head, ByteString rest, Peer peer) {
        Handshake.Outcome outcome = Handshake.answer(head, origins);
        if (outcome instanceof Handshake.Accepted accepted) {
            return new Client(proxies.find(head, peer), accepted.form(), accepted.reply(), rest);
        }
        return new Refuse(((Handshake.Rejected) outcome).reply());
    }

    @Override
    public Optional<ByteString> refusal(String why) {
        return Optional.of(Responses.text(503, "Service Unavailable", why, "Retry-After: 30\r\n"));
    }

    @Override
    public ByteString late() {
        return Responses.text(408, "Request Timeout", "the request took too long", "");
    }

    @Override
    public Duration timeout() {
        return settings.headTimeout();
    }

    @Override
    public boolean isProxy(InetAddress address) {
        return proxies.isTrusted(address);
    }

    @Override
    public Duration pingInterval() {
        return settings.pingInterval();
    }
}
