package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountStore.Created;
import io.teahouse.room.Nick;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link AccountStore}; one test class per implementation. */
public abstract class AccountStoreContract {
    /** Creates a store without accounts. */
    protected abstract AccountStore create();

    /** Returns the same store as the next server opens it. The earlier instance must not be used any more. */
    protected abstract AccountStore reopen(AccountStore store);

    private static final Credentials SCRAM = new Credentials.Scram("c2FsdA==", 4096, "c3RvcmVk", "c2VydmVy");
    private static final Credentials ARGON2ID = new Credentials.Argon2id("$argon2id$v=19$m=64,t=2,p=1$c2FsdA$aGFzaA");

    private static final Account ANN =
            new Account(new Nick("Ann", "ann"), Instant.parse("2026-03-01T12:00:00.123Z"), "", SCRAM);
    private static final Account MING = new Account(
            new Nick("小明", "小明"), Instant.parse("2026-03-02T00:00:00Z"), "ming'\"\\;--@example.net", ARGON2ID);

    private AccountStore store = create();

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    @Test
    void anEmptyStoreHasNoAccounts() {
        assertThat(answer(store.find("ann"))).isEmpty();
        assertThat(answer(store.find(""))).isEmpty();
    }

    @Test
    void aCreatedAccountIsFoundUnchanged() {
        assertThat(answer(store.create(ANN))).isEqualTo(Created.CREATED);
        assertThat(answer(store.create(MING))).isEqualTo(Created.CREATED);
        store = reopen(store);
        assertThat(answer(store.find("ann"))).contains(ANN);
        assertThat(answer(store.find("小明"))).contains(MING);
        assertThat(answer(store.find("Ann"))).as("not folded").isEmpty();
    }

    @Test
    void aFoldedNameBelongsToTheFirstAccountThatHasIt() {
        answer(store.create(ANN));
        Account other = new Account(new Nick("ANN", "ann"), Instant.EPOCH, "x@example.net", ARGON2ID);
        assertThat(answer(store.create(other))).isEqualTo(Created.EXISTS);
        assertThat(answer(store.find("ann"))).contains(ANN);
    }

    @Test
    void aNameThatLooksLikeAnAccountIsNotFree() {
        Account bob = new Account(new Nick("bob", "bob"), Instant.EPOCH, "", SCRAM);
        Nick cyrillic = new Nick("b\u043eb", "b\u043eb");
        Nick capitals = new Nick("\u0412\u041e\u0412", "\u0432\u043e\u0432");
        assertThat(answer(store.findLookAlike(cyrillic))).isEmpty();
        assertThat(answer(store.create(bob))).isEqualTo(Created.CREATED);
        store = reopen(store);
        assertThat(answer(store.findLookAlike(cyrillic))).contains(bob);
        assertThat(answer(store.findLookAlike(capitals))).contains(bob);
        assertThat(answer(store.findLookAlike(bob.name()))).as("the same").isEmpty();
        assertThat(answer(store.create(new Account(cyrillic, Instant.EPOCH, "", SCRAM))))
                .isEqualTo(Created.EXISTS);
        assertThat(answer(store.create(new Account(new Nick("b0b", "b0b"), Instant.EPOCH, "", SCRAM))))
                .as("plain names may look alike")
                .isEqualTo(Created.CREATED);
        answer(store.delete("bob"));
        answer(store.delete("b0b"));
        assertThat(answer(store.create(new Account(cyrillic, Instant.EPOCH, "", SCRAM))))
                .isEqualTo(Created.CREATED);
        assertThat(answer(store.findLookAlike(bob.name()))).isPresent();
        assertThat(answer(store.create(bob))).isEqualTo(Created.EXISTS);
    }

    @Test
    void ofManySimultaneousRegistrationsOneSucceeds() {
        List<CompletableFuture<Created>> all = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> store.create(new Account(new Nick("bob", "bob"), Instant.EPOCH, "", SCRAM))
                        .toCompletableFuture())
                .toList();
        assertThat(all.stream().map(AccountStoreContract::answer).filter(created -> created == Created.CREATED))
                .hasSize(1);
    }

    @Test
    void onlyTheCredentialsAreReplaced() {
        answer(store.create(ANN));
        assertThat(answer(store.replaceCredentials("ann", SCRAM, ARGON2ID))).isTrue();
        store = reopen(store);
        assertThat(answer(store.find("ann"))).contains(ANN.with(ARGON2ID));
        assertThat(answer(store.replaceCredentials("bob", SCRAM, ARGON2ID))).isFalse();
        assertThat(answer(store.find("bob"))).isEmpty();
    }

    /** A late rehash of the old password must not bring it back. */
    @Test
    void credentialsThatWereReplacedInTheMeantimeStay() {
        answer(store.create(ANN));
        assertThat(answer(store.replaceCredentials("ann", ARGON2ID, SCRAM))).isFalse();
        assertThat(answer(store.find("ann"))).contains(ANN);
    }

    @Test
    void theLatestNetworksAreKept() {
        answer(store.create(ANN));
        for (String network : List.of("a1", "b2", "a1", "c3", "d4")) {
            assertThat(answer(store.noteNetwork("ann", network, 3))).isTrue();
        }
        assertThat(answer(store.noteNetwork("bob", "a1", 3))).isFalse();
        store = reopen(store);
        assertThat(answer(store.find("ann"))).contains(ANN.withNetworks(List.of("d4", "c3", "a1")));
        assertThat(answer(store.useReset("ann"))).as("nothing was reset").isFalse();
    }

    @Test
    void aDeletedAccountIsGoneAndItsNameIsFree() {
        answer(store.create(ANN));
        answer(store.create(MING));
        assertThat(answer(store.delete("ann"))).isTrue();
        assertThat(answer(store.delete("ann"))).isFalse();
        assertThat(answer(store.find("ann"))).isEmpty();
        assertThat(answer(store.find("小明"))).isPresent();
        assertThat(answer(store.create(ANN))).isEqualTo(Created.CREATED);
    }

    @Test
    void theSecretIsPermanentAndBelongsToOneStore() {
        byte[] secret = answer(store.secret());
        assertThat(secret).hasSize(AccountStore.SECRET_BYTES);
        store = reopen(store);
        assertThat(answer(store.secret())).isEqualTo(secret);
        assertThat(answer(create().secret())).isNotEqualTo(secret);
        secret[0]++;
        assertThat(answer(store.secret())).as("a copy was handed out").isNotEqualTo(secret);
    }

    @Test
    void resultsDoNotChangeWithLaterUpdates() {
        answer(store.create(ANN));
        Optional<Account> before = answer(store.find("ann"));
        answer(store.replaceCredentials("ann", SCRAM, ARGON2ID));
        assertThat(before).contains(ANN);
    }

    // Tokens

    private static final Instant NOW = Instant.parse("2026-03-03T10:00:00.456Z");

    private static LoginToken token(String id, Account of, Instant used) {
        return new LoginToken(id, of.key(), 0, "hash of " + id, "Firefox 'on' 小明;--", NOW, used);
    }

    private Optional<LoginToken> add(String id, Account of, Instant used) {
        return answer(store.tokens().add(token(id, of, used), 3, Instant.EPOCH));
    }

    private List<String> tokensOf(Account account) {
        return answer(store.tokens().all(account.key())).stream()
                .map(token -> token.number() + token.id())
                .toList();
    }

    @Test
    void aTokenIsFoundUnchangedUntilItIsRemoved() {
        answer(store.create(ANN));
        answer(store.create(MING));
        assertThat(add("a", ANN, NOW)).contains(token("a", ANN, NOW).withNumber(1));
        assertThat(add("b", ANN, NOW)).contains(token("b", ANN, NOW).withNumber(2));
        assertThat(add("c", MING, NOW)).contains(token("c", MING, NOW).withNumber(1));
        Instant later = NOW.plusSeconds(7);
        assertThat(answer(store.tokens().used("a", later))).isTrue();
        assertThat(answer(store.tokens().used("x", later))).isFalse();
        store = reopen(store);
        assertThat(answer(store.tokens().find("a")))
                .contains(token("a", ANN, later).withNumber(1));
        assertThat(answer(store.tokens().find("x"))).isEmpty();
        assertThat(tokensOf(ANN)).containsExactly("1a", "2b");
        assertThat(answer(store.tokens().remove(MING.key(), 2))).isEmpty();
        assertThat(answer(store.tokens().remove(ANN.key(), 1)))
                .contains(token("a", ANN, later).withNumber(1));
        assertThat(answer(store.tokens().find("a"))).isEmpty();
        assertThat(tokensOf(ANN)).containsExactly("2b");
        assertThat(tokensOf(MING)).containsExactly("1c");
    }

    @Test
    void anAccountKeepsTheTokensThatWereUsedLast() {
        answer(store.create(ANN));
        answer(store.create(MING));
        add("m", MING, Instant.EPOCH);
        add("a", ANN, NOW.plusSeconds(1));
        add("b", ANN, NOW);
        add("c", ANN, NOW.plusSeconds(2));
        assertThat(add("d", ANN, NOW).map(LoginToken::number)).contains(4);
        assertThat(tokensOf(ANN)).containsExactly("1a", "3c", "4d");
        assertThat(tokensOf(MING)).containsExactly("1m");
        answer(store.tokens().add(token("e", ANN, NOW.plusSeconds(3)), 3, NOW.plusSeconds(2)));
        assertThat(tokensOf(ANN))
                .as("those that were not used for long are deleted")
                .containsExactly("3c", "4e");
        assertThat(tokensOf(MING)).isEmpty();
    }

    @Test
    void aTokenNeedsAnAccount() {
        assertThat(add("a", ANN, NOW)).isEmpty();
        assertThat(answer(store.tokens().find("a"))).isEmpty();
        assertThat(tokensOf(ANN)).isEmpty();
    }

    @Test
    void tokensEndWithThePasswordButNotWithItsHash() {
        answer(store.create(ANN));
        answer(store.create(MING));
        add("a", ANN, NOW);
        add("m", MING, NOW);
        assertThat(answer(store.renewCredentials("ann", SCRAM, ARGON2ID))).isTrue();
        assertThat(answer(store.replaceCredentials("ann", SCRAM, SCRAM))).isFalse();
        assertThat(tokensOf(ANN)).hasSize(1);
        assertThat(answer(store.replaceCredentials("ann", ARGON2ID, SCRAM))).isTrue();
        assertThat(tokensOf(ANN)).isEmpty();
        assertThat(answer(store.tokens().find("a"))).isEmpty();
        assertThat(tokensOf(MING)).hasSize(1);
    }

    @Test
    void tokensEndWithTheirAccount() {
        answer(store.create(ANN));
        add("a", ANN, NOW);
        answer(store.delete("ann"));
        answer(store.create(ANN));
        assertThat(answer(store.tokens().find("a"))).isEmpty();
        assertThat(tokensOf(ANN)).isEmpty();
    }
}
