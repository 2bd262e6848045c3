package io.teahouse.operator;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.support.Address;
import io.teahouse.room.support.Glob;
import io.teahouse.room.support.Network;
import io.teahouse.user.ConnectionInfo;
import io.teahouse.user.UserSnapshot;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Compares users with one target. Compiled once; immutable. */
final class BanMatcher {
    private final BanTarget.Kind kind;
    private final UnaryOperator<String> folding;
    private final Optional<Network> network;
    private final String account;
    private final Glob nick;
    private final Glob user;
    private final Glob host;

    /** @param folding makes names that count as equal equal */
    BanMatcher(BanTarget target, UnaryOperator<String> folding) {
        String text = target.text();
        this.kind = target.kind();
        this.folding = folding;
        this.network = kind == BanTarget.Kind.NETWORK ? Network.of(text) : Optional.empty();
        this.account = kind == BanTarget.Kind.ACCOUNT ? folding.apply(text) : "";
        boolean isMask = kind == BanTarget.Kind.MASK;
        int bang = text.indexOf('!');
        int at = text.lastIndexOf('@');
        this.nick = Glob.of(isMask ? text.substring(0, bang) : "", folding);
        this.user = Glob.of(isMask ? text.substring(bang + 1, at) : "", folding);
        String from = isMask ? text.substring(at + 1) : "";
        this.host = Glob.of(Address.canonical(from).orElse(from), folding);
    }

    /** Whether it is about that address, for every user of it. */
    boolean matches(InetAddress address) {
        return network.filter(each -> each.contains(address)).isPresent();
    }

    private boolean matchesAddress(String address) {
        return network.isPresent()
                && Address.parse(address).filter(this::matches).isPresent();
    }

    /** Whether it is about a user on a connection from that address. */
    boolean matches(Nick name, Profile profile, String address) {
        return switch (kind) {
            case NETWORK -> matchesAddress(address);
            case ACCOUNT -> !profile.account().isEmpty() && account.equals(folding.apply(profile.account()));
            case MASK ->
                nick.fits(folding.apply(name.text()))
                        && user.fits(folding.apply(profile.user()))
                        && (host.fits(folding.apply(profile.host())) || host.fits(address));
        };
    }

    /** The connections of the user that it is about. A user without a connection has none; see {@link #isAbout}. */
    List<ConnectionInfo> connections(UserSnapshot who) {
        return who.connections().stream()
                .filter(each -> matches(who.nick(), who.profile(), each.address()))
                .toList();
    }

    boolean isAbout(UserSnapshot who) {
        return who.isAbsent()
                ? matches(who.nick(), who.profile(), who.address())
                : !connections(who).isEmpty();
    }
}
