package io.teahouse.account;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What is known of a name before a password is checked: its account, if there is one. Immutable. */
final class FoundAccount {
    private final String key;
    private final Optional<Account> account;
    private final byte[] secret;
    private final int knownNetworks;

    /**
     * @param key the folded name
     * @param secret known to the server alone
     * @param knownNetworks how many networks an account keeps
     */
    FoundAccount(String key, Optional<Account> account, byte[] secret, int knownNetworks) {
        this.key = key;
        this.account = account;
        this.secret = secret;
        this.knownNetworks = knownNetworks;
    }

    String key() {
        return key;
    }

    Optional<Account> account() {
        return account;
    }

    /** The networks that the account has after a login from that address. */
    List<String> networksWith(InetAddress from) {
        List<String> before = account.map(Account::networks).orElse(List.of());
        return knownNetworks == 0
                ? before
                : KnownNetworks.with(before, KnownNetworks.entry(secret, key, from), knownNetworks);
    }

    /** The address, or the network around it, if the owner has logged in from there before. */
    Optional<Object> home(InetAddress from) {
        return account.filter(any -> knownNetworks > 0)
                .flatMap(owner -> KnownNetworks.find(owner.networks(), KnownNetworks.entry(secret, key, from), from));
    }

    /**
     * The account's SCRAM verifier. If there is none, returns a made-up one that no password matches. It is
     * always the same for a name, so that a client cannot tell the difference.
     *
     * @param iterations of a made-up verifier
     */
    Credentials.Scram scramVerifier(int iterations) {
        return account.map(Account::credentials)
                .filter(Credentials.Scram.class::isInstance)
                .map(Credentials.Scram.class::cast)
                .orElseGet(() -> ScramSha256.nobody(secret, key, iterations));
    }
}
