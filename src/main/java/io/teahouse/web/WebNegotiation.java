package io.teahouse.web;

import akka.NotUsed;
import akka.stream.javadsl.Flow;
import akka.util.ByteString;
import io.teahouse.client.Peer;
import io.teahouse.net.ForwardedPeer;
import io.teahouse.net.Negotiation;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides by the first request of a connection: a WebSocket becomes a client, everything else is about pages. */
public final class WebNegotiation implements Negotiation {
    private final Supplier<WebSettings> settings;
    private final String dispatcher;
    private final ForwardedPeer proxies;
    private final Pages pages;

    /** @param settings of the moment, of which origins and hosts may change; any thread */
    public WebNegotiation(Supplier<WebSettings> settings, Pages pages) {
        this.settings = settings;
        this.dispatcher = pages.dispatcher();
        this.proxies = settings.get().proxies();
        this.pages = pages;
    }

    @Override
    public Reader begin(Peer peer) {
        RequestHead.Reader head = new RequestHead.Reader();
        return more -> verdict(head.read(more), peer);
    }

    private Verdict verdict(RequestHead.Reading reading, Peer peer) {
        if (reading instanceof RequestHead.Complete complete) {
            return verdict(complete, peer);
        } else if (reading instanceof RequestHead.TooLong) {
            return refuse(peer, 431, "Request Header Fields Too Large", "the head of the request is too long");
        } else if (reading instanceof RequestHead.Malformed) {
            return refuse(peer, 400, "Bad Request", "this port speaks HTTP and WebSocket only");
        }
        return new More();
    }

    /** A proxy could send a request for a WebSocket, or of somebody else, on a connection that it has used for pages. */
    private Flow<ByteString, ByteString, NotUsed> pages(RequestHead head, Peer peer) {
        boolean several = !isProxy(peer.address().getAddress());
        return pages.flow(
                settings.get().idleTimeout(),
                several,
                proxies.find(head::values, peer).address().getAddress());
    }

    private Verdict verdict(RequestHead.Complete complete, Peer peer) {
        RequestHead head = complete.head();
        boolean proxied = isProxy(peer.address().getAddress());
        WebSettings now = settings.get();
        Hosts hosts = new Hosts(now.hosts(), now.isLocal());
        if (head.only("host").filter(host -> !hosts.allow(host, proxied)).isPresent()) {
            return refuse(
                    proxies.find(head::values, peer),
                    421,
                    "Misdirected Request",
                    "this server does not go by that name: teahouse.web.hosts lists its names");
        }
        return Handshake.isWanted(head)
                ? upgrade(complete, proxies.find(head::values, peer))
                : new Relay(pages(head, peer), complete.received(), dispatcher);
    }

    private static Refuse refuse(Peer peer, int status, String phrase, String why) {
        return new Refuse(peer, why, Responses.text(status, phrase, why, ""));
    }

    private Verdict upgrade(RequestHead.Complete complete, Peer peer) {
        Handshake.Outcome outcome =
                Handshake.answer(complete.head(), new Origins(settings.get().origins()));
        if (outcome instanceof Handshake.Accepted accepted) {
            return new Client(
                    peer, accepted.form(), accepted.reply(), complete.received().drop(complete.size()));
        }
        Handshake.Rejected rejected = (Handshake.Rejected) outcome;
        return new Refuse(peer, rejected.why(), rejected.reply());
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
        return settings.get().headTimeout();
    }

    @Override
    public boolean isProxy(InetAddress address) {
        return proxies.isTrusted(address);
    }

    @Override
    public Duration pingInterval() {
        return settings.get().pingInterval();
    }
}
