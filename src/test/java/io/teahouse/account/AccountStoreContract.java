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
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
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

    // What operators do

    private List<String> list(String pattern, String after, int most) {
        return answer(store.list(pattern, after, most)).stream()
                .map(Account::key)
                .toList();
    }

    @Test
    void accountsAreListedByPatternInPages() {
        for (String name : List.of("bob", "ann", "anna", "a_c", "abc")) {
            answer(store.create(new Account(new Nick(name, name), Instant.EPOCH, "", SCRAM)));
        }
        answer(store.create(MING));
        assertThat(list("ann*", "", 9)).containsExactly("ann", "anna");
        assertThat(list("ann*", "ann", 9)).containsExactly("anna");
        assertThat(list("a?c", "", 9)).containsExactlyInAnyOrder("a_c", "abc");
        assertThat(list("a_c", "", 9)).containsExactly("a_c");
        assertThat(list("小*", "", 9)).containsExactly("小明");
        assertThat(list("%", "", 9)).isEmpty();
        List<String> all = list("*", "", 9);
        assertThat(all).hasSize(6);
        assertThat(list("*", "", 4)).isEqualTo(all.subList(0, 4));
        assertThat(list("*", all.get(3), 4)).isEqualTo(all.subList(4, 6));
    }

    @Test
    void aSuspensionIsKeptUntilItIsLifted() {
        answer(store.create(ANN));
        Suspension forEver = new Suspension("root", "spam; 'x' 小", NOW, Optional.empty());
        assertThat(answer(store.suspend("ann", Optional.of(forEver)))).isTrue();
        assertThat(answer(store.suspend("bob", Optional.of(forEver)))).isFalse();
        store = reopen(store);
        assertThat(answer(store.find("ann"))).contains(ANN.with(Optional.of(forEver)));
        Suspension week = new Suspension("root", "", NOW, Optional.of(NOW.plusSeconds(7)));
        assertThat(answer(store.suspend("ann", Optional.of(week)))).isTrue();
        assertThat(answer(store.find("ann"))).contains(ANN.with(Optional.of(week)));
        assertThat(answer(store.suspend("ann", Optional.empty()))).isTrue();
        assertThat(answer(store.find("ann"))).contains(ANN);
    }

    @Test
    void aResetCodeReplacesThePasswordAndTheTokens() {
        answer(store.create(ANN));
        add("a", ANN, NOW);
        assertThat(answer(store.reset("ann", ARGON2ID, NOW))).isTrue();
        assertThat(answer(store.reset("bob", ARGON2ID, NOW))).isFalse();
        store = reopen(store);
        assertThat(answer(store.find("ann"))).contains(ANN.with(ARGON2ID).withReset(new Account.Reset(NOW, false)));
        assertThat(tokensOf(ANN)).isEmpty();
    }

    private static final Nick ANNA = new Nick("Anna", "anna");
    private static final Instant LATER = Instant.parse("2126-01-01T00:00:00Z");

    @Test
    void aRenamedAccountKeepsEverything() {
        answer(store.create(ANN));
        add("a", ANN, NOW);
        Suspension suspension = new Suspension("root", "", NOW, Optional.empty());
        answer(store.suspend("ann", Optional.of(suspension)));
        assertThat(answer(store.rename("ann", ANNA, LATER))).isEqualTo(AccountStore.Renamed.RENAMED);
        store = reopen(store);
        Account anna = ANN.with(Optional.of(suspension)).withName(ANNA);
        assertThat(answer(store.find("anna"))).contains(anna);
        assertThat(answer(store.find("ann"))).isEmpty();
        assertThat(answer(store.tokens().find("a")).map(LoginToken::account)).contains("anna");
        assertThat(add("b", anna, NOW).map(LoginToken::number)).contains(2);
        assertThat(answer(store.rename("ann", ANNA, LATER))).isEqualTo(AccountStore.Renamed.NO_SUCH_ACCOUNT);
    }

    @Test
    void aFormerNameIsReservedForItsAccountOnly() {
        answer(store.create(ANN));
        answer(store.create(MING));
        answer(store.rename("ann", ANNA, LATER));
        store = reopen(store);
        assertThat(answer(store.create(ANN))).isEqualTo(Created.EXISTS);
        assertThat(answer(store.findLookAlike(ANN.name())).map(Account::key)).contains("anna");
        assertThat(answer(store.rename("小明", ANN.name(), LATER))).isEqualTo(AccountStore.Renamed.EXISTS);
        assertThat(answer(store.rename("小明", ANNA, LATER))).isEqualTo(AccountStore.Renamed.EXISTS);
        assertThat(answer(store.rename("anna", new Nick("ANN", "ann"), LATER))).isEqualTo(AccountStore.Renamed.RENAMED);
        assertThat(answer(store.rename("ann", ANN.name(), LATER)))
                .as("another spelling")
                .isEqualTo(AccountStore.Renamed.RENAMED);
        assertThat(answer(store.find("ann"))).contains(ANN);
        assertThat(answer(store.create(new Account(ANNA, NOW, "", SCRAM)))).isEqualTo(Created.EXISTS);
    }

    @Test
    void aFormerNameIsFreeWhenItsTimeIsOver() throws InterruptedException {
        answer(store.create(ANN));
        answer(store.rename("ann", ANNA, Instant.EPOCH));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (answer(store.create(ANN)) == Created.EXISTS && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5); // it takes some steps
        }
        assertThat(answer(store.find("ann"))).contains(ANN);
    }

    @Test
    void allTokensOfAnAccountAreRemoved() {
        answer(store.create(ANN));
        answer(store.create(MING));
        add("a", ANN, NOW);
        add("b", ANN, NOW);
        add("m", MING, NOW);
        assertThat(answer(store.tokens().removeAll("ann"))).isEqualTo(2);
        assertThat(answer(store.tokens().removeAll("ann"))).isZero();
        assertThat(tokensOf(MING)).containsExactly("1m");
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
        return answer(store.tokens().findByAccount(account.key())).stream()
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
        assertThat(answer(store.tokens().recordUse("a", later))).isTrue();
        assertThat(answer(store.tokens().recordUse("x", later))).isFalse();
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
                .containsExactly("3c", "5e");
        assertThat(tokensOf(MING)).isEmpty();
    }

    /** Somebody who has just read the list would revoke another device than they meant. */
    @Test
    void theNumberOfARevokedTokenIsNotGivenAgain() {
        answer(store.create(ANN));
        add("a", ANN, NOW);
        add("b", ANN, NOW);
        answer(store.tokens().remove(ANN.key(), 2));
        store = reopen(store);
        assertThat(add("c", ANN, NOW).map(LoginToken::number)).contains(3);
        assertThat(tokensOf(ANN)).containsExactly("1a", "3c");
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
