package io.teahouse.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.AccountSettings.Pace;
import io.teahouse.account.Result.Done;
import io.teahouse.account.Result.Reason;
import io.teahouse.account.Result.Refused;
import io.teahouse.account.ScriptedAccountStore.Mood;
import io.teahouse.user.CaseMapping;
import io.teahouse.room.Nick;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    private static final InetAddress HERE = address("192.0.2.1");
    private static final InetAddress THERE = address("192.0.2.2");
    private static final Pace OFTEN = new Pace(1000, 1000);

    private final ScriptedAccountStore store = new ScriptedAccountStore(CaseMapping.ASCII);
    private final AtomicLong clock = new AtomicLong();
    private Accounts accounts = with(SomeSettings.scram());

    private Accounts with(AccountSettings settings) {
        return new Accounts(settings, store, CaseMapping.ASCII, AccountsTest::nick, clock::get);
    }

    private static Optional<Nick> nick(String text) {
        try {
            return Optional.of(Nick.of(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <T> Result<T> answer(CompletionStage<Result<T>> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Reason reason(Result<?> answer) {
        assertThat(answer).isInstanceOf(Refused.class);
        return ((Refused<?>) answer).reason();
    }

    private Result<Account> register(String name, String password) {
        return answer(accounts.register(Nick.of(name), password, "", HERE));
    }

    /** Which account a name belongs to. */
    private Optional<String> owner(String name) {
        Result<Optional<Nick>> result = answer(accounts.findOwner(Nick.of(name)));
        assertThat(result).isInstanceOf(Done.class);
        return ((Done<Optional<Nick>>) result).value().map(Nick::text);
    }

    private Result<Account> login(String name, String password) {
        return login(name, password, HERE);
    }

    private Result<Account> login(String name, String password, InetAddress from) {
        return answer(accounts.login(name, password, from));
    }

    private Result<Challenge.Success> scram(ScramClient client) {
        Result<Challenge> begun = answer(accounts.challenge(client.first(), HERE));
        if (begun instanceof Done<Challenge> done) {
            return answer(
                    accounts.finish(done.value(), client.answer(done.value().message()), HERE));
        }
        return begun.map(none -> {
            throw new AssertionError();
        });
    }

    // Registering

    @Test
    void whoHasRegisteredLogsInUnderAnySpelling() {
        Result<Account> registered = register("Ann", "sesame");
        assertThat(registered).isInstanceOf(Done.class);
        assertThat(login("ANN", "sesame")).isEqualTo(registered);
        assertThat(((Done<Account>) registered).value().name().text()).isEqualTo("Ann");
        assertThat(owner("aNN")).contains("Ann");
        assertThat(owner("bob")).isEmpty();
    }

    @Test
    void aNameIsRegisteredOnce() {
        register("ann", "sesame");
        assertThat(reason(register("ANN", "other"))).isEqualTo(Reason.EXISTS);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        assertThat(reason(login("ann", "other"))).isEqualTo(Reason.WRONG);
    }

    /** With a Cyrillic \u043e. */
    private static final String FAKE_BOB = "b\u043eb";

    @Test
    void aNameThatLooksLikeAnAccountsIsRefusedAndBelongsToIt() {
        register("Bob", "sesame");
        assertThat(register(FAKE_BOB, "other"))
                .isEqualTo(Result.refused(
                        Reason.EXISTS, "that name looks like Bob, which belongs to an account"));
        assertThat(owner(FAKE_BOB)).contains("Bob");
        assertThat(reason(login(FAKE_BOB, "sesame"))).as("it is no account").isEqualTo(Reason.WRONG);
        assertThat(owner("b0b")).as("plain names may look alike").isEmpty();
    }

    @Test
    void passwordsThatWillNotDoAreRefused() {
        assertThat(reason(register("ann", "abc"))).isEqualTo(Reason.WEAK_PASSWORD);
        assertThat(reason(register("ann", "\u00AD\u00AD\u00AD\u00AD"))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(reason(register("ann", "x".repeat(2000)))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(reason(register("ann", " ".repeat(8)))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(owner("ann")).isEmpty();
    }

    @Test
    void anAddressIsKeptAndRequiredWhereItIsWanted() {
        assertThat(reason(answer(accounts.register(Nick.of("ann"), "sesame", "nonsense", HERE))))
                .isEqualTo(Reason.BAD_EMAIL);
        accounts = with(SomeSettings.withEmail());
        assertThat(reason(register("ann", "sesame"))).isEqualTo(Reason.BAD_EMAIL);
        Result<Account> done = answer(accounts.register(Nick.of("ann"), "sesame", "ann@example.net", HERE));
        assertThat(((Done<Account>) done).value().email()).isEqualTo("ann@example.net");
    }

    @Test
    void whereThereAreNoAccountsNothingIsTheirs() {
        register("ann", "sesame");
        accounts = with(SomeSettings.off());
        assertThat(reason(register("bob", "sesame"))).isEqualTo(Reason.OFF);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.OFF);
        assertThat(owner("ann")).isEmpty();
    }

    // Logging in

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "a b", ""})
    void nobodyIsAnsweredAsAWrongPasswordIs(String name) {
        register("ann", "sesame");
        assertThat(login(name, "sesame")).isEqualTo(login("ann", "wrong"));
        assertThat(reason(login("ann", ""))).isEqualTo(Reason.WRONG);
    }

    @Test
    void scramKnowsThePasswordWithoutBeingToldIt() {
        register("ann", "пароль");
        ScramClient client = new ScramClient("Ann", "пароль");
        Result<Challenge.Success> won = scram(client);
        assertThat(won).isInstanceOf(Done.class);
        assertThat(((Done<Challenge.Success>) won).value().account().name().text()).isEqualTo("ann");
        assertThat(client.knows(((Done<Challenge.Success>) won).value().message())).isTrue();
        assertThat(reason(scram(new ScramClient("ann", "wrong")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void scramWithNobodyGoesItsWayAndFailsAtTheEnd() {
        Result<Challenge> first = answer(accounts.challenge(new ScramClient("eve", "x").first(), HERE));
        Result<Challenge> second = answer(accounts.challenge(new ScramClient("eve", "x").first(), HERE));
        String challenge = ((Done<Challenge>) first).value().message();
        assertThat(challenge).matches("r=[^,]+,s=[A-Za-z0-9+/]{22}==,i=4096");
        assertThat(challenge.replaceAll("r=[^,]+", ""))
                .isEqualTo(((Done<Challenge>) second).value().message().replaceAll("r=[^,]+", ""));
        assertThat(reason(scram(new ScramClient("eve", "x")))).isEqualTo(Reason.WRONG);
        assertThat(reason(answer(accounts.challenge("nonsense", HERE)))).isEqualTo(Reason.WRONG);
    }

    @Test
    void theSecretIsAskedForUntilItIsTold() {
        store.now(Mood.FAILS);
        scram(new ScramClient("ann", "x"));
        assertThat(store.secrets()).isEqualTo(1);
        store.now(Mood.ANSWERS);
        scram(new ScramClient("ann", "x"));
        scram(new ScramClient("ann", "x"));
        assertThat(store.secrets()).isEqualTo(2);
    }

    @Test
    void scramIsNotThereWherePasswordsAreHashedOtherwise() {
        accounts = with(SomeSettings.argon2());
        register("ann", "sesame");
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        assertThat(reason(login("ann", "other"))).isEqualTo(Reason.WRONG);
        assertThat(accounts.settings().scram()).isFalse();
        assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void whatOtherSettingsMadeIsMadeAnewAtTheNextLogin() {
        accounts = with(SomeSettings.argon2());
        register("ann", "sesame");
        accounts = with(SomeSettings.scram());
        assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.WRONG);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        login("bob", "waits for its turn behind the hashing");
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
    }

    // Limits

    @Test
    void whoFailsTooOftenFromOneAddressHasToWait() {
        accounts = with(SomeSettings.paced(new Pace(2, 6), OFTEN, OFTEN));
        register("ann", "sesame");
        for (int i = 0; i < 5; i++) {
            assertThat(login("ann", "sesame"))
                    .as("what succeeds does not count")
                    .isInstanceOf(Done.class);
        }
        login("ann", "wrong");
        login("bob", "wrong");
        assertThat(login("ann", "sesame"))
                .isEqualTo(Result.refused(Reason.THROTTLED, "too many attempts have failed: try again in 10 s"));
        assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", THERE)).isInstanceOf(Done.class);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }

    @Test
    void anAccountThatIsTriedFromEverywhereHasToWait() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        login("ann", "wrong", address("203.0.113.1"));
        login("ANN", "wrong", address("198.51.100.1"));
        assertThat(reason(login("ann", "sesame", address("203.0.113.1")))).isEqualTo(Reason.THROTTLED);
        assertThat(reason(login("bob", "sesame", address("203.0.113.1")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void anOwnerIsNotKeptOutOfANetworkFromWhichTheyHaveLoggedInBefore() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        InetAddress home = address("198.51.100.7");
        assertThat(login("ann", "sesame", home)).isInstanceOf(Done.class);
        login("ann", "wrong", address("203.0.113.1"));
        login("ann", "wrong", address("203.0.113.2"));
        assertThat(reason(login("ann", "sesame", address("203.0.113.3")))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", home)).isInstanceOf(Done.class);
        assertThat(login("ann", "sesame", address("198.51.100.200")))
                .as("another address of the same provider")
                .isInstanceOf(Done.class);
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
    }

    @Test
    void neighboursDoNotKeepAnOwnerOutOfTheirOwnAddress() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        for (int i = 0; i < 4; i++) {
            login("ann", "wrong", address("192.0.2." + (100 + i)));
        }
        assertThat(reason(login("ann", "sesame", address("192.0.2.200")))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", HERE)).isInstanceOf(Done.class);
    }

    @Test
    void atAKnownAddressTheAccountMayBeTriedAsOftenAsEverywhereElseTogether() {
        accounts = with(SomeSettings.paced(OFTEN, new Pace(2, 6), OFTEN));
        register("ann", "sesame");
        login("ann", "wrong", HERE);
        login("ann", "wrong", HERE);
        assertThat(reason(login("ann", "sesame", HERE))).isEqualTo(Reason.THROTTLED);
    }

    @Test
    void whatIsKeptOfANetworkNamesNoAddressAndIsBounded() {
        register("ann", "sesame");
        for (int i = 0; i < 6; i++) {
            login("ann", "sesame", address("198.51." + i + ".7"));
        }
        Account ann = store.find("ann").toCompletableFuture().join().orElseThrow();
        assertThat(ann.networks())
                .hasSize(SomeSettings.scram().attempts().knownNetworks())
                .doesNotHaveDuplicates()
                .allMatch(each -> each.matches("[0-9a-f]{16}\\.[0-9a-f]{16}"));
        login("bob", "x");
        register("bob", "sesame");
        login("bob", "sesame", address("198.51.5.7"));
        Account bob = store.find("bob").toCompletableFuture().join().orElseThrow();
        assertThat(bob.networks()).doesNotContainAnyElementsOf(ann.networks());
    }

    @Test
    void whatSucceedsIsLimitedByAddressToo() {
        accounts = with(SomeSettings.withLogins(new Pace(2, 6)));
        register("ann", "sesame");
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.THROTTLED);
        assertThat(login("ann", "sesame", THERE)).isInstanceOf(Done.class);
    }

    @Test
    void aSiteOfIpVersion6MayFailFourTimesAsOftenAsAHousehold() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        for (int i = 0; i < 4; i++) {
            assertThat(reason(login("ann", "wrong", address("2001:db8:0:" + i + "::1"))))
                    .isEqualTo(Reason.WRONG);
        }
        assertThat(reason(login("ann", "wrong", address("2001:db8:0:4::1")))).isEqualTo(Reason.THROTTLED);
        assertThat(reason(login("ann", "wrong", address("2001:db8:1::1")))).isEqualTo(Reason.WRONG);
    }

    /** Of the server, of its operators. */
    @Test
    void otherPasswordsHaveTheSameLimits() {
        accounts = with(SomeSettings.paced(new Pace(2, 6), OFTEN, OFTEN));
        assertThat(answer(accounts.verify("OPER", () -> false, () -> true, HERE)))
                .isEqualTo(new Done<>(true));
        assertThat(reason(answer(accounts.verify("OPER", () -> false, () -> false, HERE))))
                .isEqualTo(Reason.WRONG);
        assertThat(reason(login("ann", "wrong"))).isEqualTo(Reason.WRONG);
        assertThat(reason(answer(accounts.verify("OPER", () -> false, () -> true, HERE))))
                .isEqualTo(Reason.THROTTLED);
        assertThat(answer(accounts.verify("OPER", () -> false, () -> true, THERE)))
                .isEqualTo(new Done<>(true));
    }

    /** Many come back at once, from one gateway. */
    @Test
    void aPasswordThatWasRightBeforeIsNeitherHashedNorCounted() {
        accounts = with(SomeSettings.withLogins(new Pace(1, 6)));
        for (int i = 0; i < 5; i++) {
            assertThat(answer(accounts.verify(
                            "PASS",
                            () -> true,
                            () -> {
                                throw new AssertionError("not looked at");
                            },
                            HERE)))
                    .isEqualTo(new Done<>(true));
        }
    }

    // Other passwords

    private Result<Account> change(String name, String old, String to) {
        return answer(accounts.changePassword(name, old, to, HERE));
    }

    @Test
    void whoKnowsThePasswordSetsAnotherOne() {
        register("Ann", "sesame");
        long before = accounts.changes();
        assertThat(reason(change("ann", "wrong", "open sesame"))).isEqualTo(Reason.WRONG);
        assertThat(reason(change("ann", "sesame", "abc"))).isEqualTo(Reason.WEAK_PASSWORD);
        assertThat(reason(change("ann", "sesame", "sesame"))).isEqualTo(Reason.WEAK_PASSWORD);
        assertThat(reason(change("ann", "sesame", "\u00AD\u00AD\u00AD\u00AD"))).isEqualTo(Reason.BAD_PASSWORD);
        assertThat(reason(change("bob", "sesame", "open sesame"))).isEqualTo(Reason.WRONG);
        assertThat(accounts.isChangedSince(before, Nick.of("ann"))).isFalse();
        assertThat(change("ann", "sesame", "open sesame")).isInstanceOf(Done.class);
        assertThat(accounts.isChangedSince(before, Nick.of("ann"))).isTrue();
        assertThat(accounts.isChangedSince(accounts.changes(), Nick.of("ann"))).isFalse();
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.WRONG);
        assertThat(login("ann", "open sesame")).isInstanceOf(Done.class);
        assertThat(scram(new ScramClient("ann", "open sesame"))).isInstanceOf(Done.class);
    }

    @Test
    void tryingToSetAPasswordIsLimitedAsLoggingInIs() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        register("ann", "sesame");
        change("ann", "wrong", "open sesame");
        assertThat(reason(change("ann", "sesame", "open sesame"))).isEqualTo(Reason.THROTTLED);
    }

    private ResetCode reset(Instant until) {
        ResetCode code = ResetCode.make(SomeSettings.scram());
        Account ann = new Account(Nick.of("ann"), Instant.EPOCH, "", code.credentials())
                .withReset(new Account.Reset(until, false));
        store.delete("ann").toCompletableFuture().join();
        store.create(ann).toCompletableFuture().join();
        return code;
    }

    @Test
    void aCodeStandsInForThePasswordOnceUntilAnotherOneIsSet() {
        ResetCode code = reset(Instant.now().plusSeconds(60));
        assertThat(code.text()).matches("([a-z2-9]{5}-){3}[a-z2-9]{5}");
        assertThat(code.toString()).doesNotContain(code.text());
        assertThat(login("ann", code.text())).isInstanceOf(Done.class);
        assertThat(reason(login("ann", code.text()))).isEqualTo(Reason.WRONG);
        assertThat(reason(scram(new ScramClient("ann", code.text())))).isEqualTo(Reason.WRONG);
        assertThat(change("ann", code.text(), "open sesame")).isInstanceOf(Done.class);
        assertThat(reason(change("ann", code.text(), "mine now"))).isEqualTo(Reason.WRONG);
        assertThat(login("ann", "open sesame")).isInstanceOf(Done.class);
        assertThat(login("ann", "open sesame")).isInstanceOf(Done.class);
    }

    @Test
    void aCodeWorksByScramAsWell() {
        ResetCode code = reset(Instant.now().plusSeconds(60));
        assertThat(scram(new ScramClient("ann", code.text()))).isInstanceOf(Done.class);
        assertThat(reason(scram(new ScramClient("ann", code.text())))).isEqualTo(Reason.WRONG);
    }

    @Test
    void aCodeThatIsTooOldIsGoodForNothing() {
        ResetCode code = reset(Instant.now().minusSeconds(1));
        assertThat(reason(login("ann", code.text()))).isEqualTo(Reason.WRONG);
        assertThat(reason(scram(new ScramClient("ann", code.text())))).isEqualTo(Reason.WRONG);
        assertThat(reason(change("ann", code.text(), "open sesame"))).isEqualTo(Reason.WRONG);
    }

    @Test
    void ofIpVersion6TheNetworkCounts() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        login("ann", "wrong", address("2001:db8::1"));
        assertThat(reason(login("ann", "wrong", address("2001:db8::ffff:2")))).isEqualTo(Reason.THROTTLED);
        assertThat(reason(login("ann", "wrong", address("2001:db8:0:1::1")))).isEqualTo(Reason.WRONG);
    }

    @Test
    void anExchangeThatIsBegunCountsUntilItIsWon() {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, OFTEN));
        register("ann", "sesame");
        assertThat(scram(new ScramClient("ann", "sesame"))).isInstanceOf(Done.class);
        assertThat(answer(accounts.challenge(new ScramClient("ann", "x").first(), HERE)))
                .isInstanceOf(Done.class);
        assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.THROTTLED);
    }

    @Test
    void oneAddressRegistersSoManyAccounts() {
        accounts = with(SomeSettings.paced(OFTEN, OFTEN, new Pace(1, 6)));
        assertThat(reason(register("ann", "x"))).as("what fails does not count").isEqualTo(Reason.WEAK_PASSWORD);
        register("ann", "sesame");
        assertThat(reason(register("bob", "sesame"))).isEqualTo(Reason.THROTTLED);
        assertThat(answer(accounts.register(Nick.of("bob"), "sesame", "", THERE)))
                .isInstanceOf(Done.class);
    }

    @Test
    void whereTooManyLogInAtOnceSomeAreToldToTryAgainAndThatIsNoFailure() {
        accounts = with(SomeSettings.paced(new Pace(20, 0.01), OFTEN, OFTEN));
        register("ann", "sesame");
        List<CompletionStage<Result<Account>>> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(accounts.login("ann", "sesame", HERE));
        }
        List<Result<Account>> answers = all.stream().map(AccountsTest::answer).toList();
        assertThat(answers).anyMatch(Done.class::isInstance);
        assertThat(answers)
                .filteredOn(Refused.class::isInstance)
                .isNotEmpty()
                .allMatch(refused -> reason(refused) == Reason.BUSY);
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }

    // A store that is away

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"FAILS", "THROWS", "HANGS"})
    void whileTheStoreIsAwayKnownAccountsKeepTheirNamesAndWhatLooksLikeThem(Mood mood) {
        register("Bob", "sesame");
        register("cyd", "sesame");
        store.delete("cyd").toCompletableFuture().join();
        assertThat(owner("cyd")).isEmpty();
        store.now(mood);
        assertThat(owner("bob")).contains("Bob");
        assertThat(owner(FAKE_BOB)).contains("Bob");
        for (String free : List.of("b0b", "cyd", "\u0441yd", "ann")) {
            assertThat(reason(answer(accounts.findOwner(Nick.of(free))))).isEqualTo(Reason.AWAY);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mood.class,
            names = {"FAILS", "THROWS", "HANGS"})
    void whereTheStoreIsAwayThatIsTheAnswerAndNothingIsCounted(Mood mood) {
        accounts = with(SomeSettings.paced(new Pace(1, 6), OFTEN, new Pace(1, 6)));
        store.now(mood);
        for (int i = 0; i < 2; i++) {
            assertThat(reason(login("ann", "sesame"))).isEqualTo(Reason.AWAY);
            assertThat(reason(register("ann", "sesame"))).isEqualTo(Reason.AWAY);
            assertThat(reason(scram(new ScramClient("ann", "sesame")))).isEqualTo(Reason.AWAY);
            assertThat(reason(answer(accounts.findOwner(Nick.of("ann"))))).isEqualTo(Reason.AWAY);
        }
        store.now(Mood.ANSWERS);
        register("ann", "sesame");
        assertThat(login("ann", "sesame")).isInstanceOf(Done.class);
    }
}
