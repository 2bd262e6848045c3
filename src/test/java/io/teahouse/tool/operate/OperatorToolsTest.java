package io.teahouse.tool.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.Accounts;
import io.teahouse.account.Result;
import io.teahouse.account.SomeSettings;
import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import io.teahouse.room.RoomName;
import io.teahouse.store.Durability;
import io.teahouse.store.Retention;
import io.teahouse.store.RoomClass;
import io.teahouse.store.StoreFixture;
import io.teahouse.store.StoreSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands as an operator types them, on a SQLite file. */
class OperatorToolsTest {
    @Command(name = "teahouse")
    private static final class Root {}

    @TempDir
    private Path folder;

    private StoreSettings settings;
    private Retention retention = Retention.FOR_EVER;
    private final Map<String, Integer> uploaded = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void name() {
        settings = StoreSettings.sqlite(folder.resolve("tea.db"));
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    private int run(String... args) {
        return run(
                () -> new ToolContext(
                        settings,
                        retention,
                        SomeSettings.scram(),
                        true,
                        account -> Optional.ofNullable(uploaded.remove(account)).orElse(0),
                        RoomName::of,
                        name -> name.toLowerCase(Locale.ROOT)),
                args);
    }

    private int run(ToolContext.Source source, String... args) {
        CommandLine all = new CommandLine(new Root());
        OperatorTools.all(source).forEach(all::addSubcommand);
        return all.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void fill() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(StoreFixture.TEA, "ann", "", "茶", StoreFixture.NOON);
            fixture.say(StoreFixture.TEA, "bob", "", "late", StoreFixture.NOON.plusSeconds(86_400));
            fixture.say(RoomName.of("mate"), "bob", "", "other", StoreFixture.NOON);
        }
    }

    @Test
    void aBackupIsMadeAndRestored() throws Exception {
        fill();
        assertThat(run("backup", file("copy.db"))).isZero();
        assertThat(run("restore", file("copy.db"))).isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("backed up: .*copy\\.db \\(\\d+ bytes, checked\\)"),
                        line -> assertThat(line).matches("restored: .*tea\\.db from .*copy\\.db, epoch \\d+"),
                        line -> assertThat(line).matches("the replaced store is now .*tea\\.db\\.replaced-\\d+T\\d+Z"));
        assertThat(err.toString()).isEmpty();
    }

    /** The server runs in the meantime. */
    @Test
    void aForgottenPasswordIsReset() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            Accounts accounts = new Accounts(
                    SomeSettings.scram(), fixture.store().accounts(), Names.PLAIN, name -> Optional.of(Nick.of(name)));
            InetAddress here = InetAddress.getLoopbackAddress();
            answer(accounts.register(Nick.of("ann"), "sesame", "", here));
            assertThat(run("reset-password", "Ann")).isZero();
            String code = out.toString().lines().findFirst().orElseThrow();
            assertThat(answer(accounts.login("ann", "sesame", here))).isInstanceOf(Result.Refused.class);
            assertThat(answer(accounts.login("ann", code, here))).isInstanceOf(Result.Done.class);
            assertThat(answer(accounts.login("ann", code, here))).isInstanceOf(Result.Refused.class);
            assertThat(answer(accounts.changePassword("ann", code, "open sesame", here)))
                    .isInstanceOf(Result.Done.class);
            assertThat(answer(accounts.login("ann", "open sesame", here))).isInstanceOf(Result.Done.class);
            assertThat(run("reset-password", "bob")).isEqualTo(2);
            assertThat(err.toString().lines()).containsExactly("teahouse: there is no account bob");
        }
    }

    @Test
    void restoreTakesEitherAFileOrInPlace() throws Exception {
        fill();
        assertThat(run("restore")).isEqualTo(2);
        assertThat(run("restore", "--in-place", "copy.db")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("or --in-place"));
        assertThat(run("restore", "--in-place")).isZero();
        assertThat(out.toString()).startsWith("the store has a new epoch: ");
    }

    @Test
    void aRefusalIsOneLineAndExitCode2() {
        assertThat(run("backup", file("copy.db"))).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "teahouse: there is no store " + settings.backend().path() + " (teahouse.store.path)");
    }

    @Test
    void aFailureIsOneLineAndExitCode1() throws Exception {
        Files.writeString(settings.backend().path(), "no database at all, though long enough for one".repeat(50));
        assertThat(run("backup", file("copy.db"))).isEqualTo(1);
        assertThat(run("export")).isEqualTo(1);
        assertThat(err.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("teahouse: ") && line.contains("the file is not a database"));
    }

    @Test
    void eachWrongSettingIsOneLine() {
        ToolContext.Source wrong = () -> {
            throw new ToolContext.WrongSettings(List.of("this is wrong", "and that"));
        };
        assertThat(run(wrong, "export")).isEqualTo(2);
        assertThat(err.toString().lines()).containsExactly("teahouse: this is wrong", "teahouse: and that");
    }

    @Test
    void aStoreInMemoryHasNothingToExport() {
        settings = StoreSettings.inMemory();
        for (List<String> args : List.of(List.of("backup", "x"), List.of("restore", "x"), List.of("export"))) {
            assertThat(run(args.toArray(String[]::new))).isEqualTo(2);
        }
        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.contains("teahouse.store.kind is memory"));
    }

    @Test
    void exportWritesLinesAndNothingElse() throws Exception {
        fill();
        assertThat(run("export")).isZero();
        assertThat(out.toString().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"room\":") && line.endsWith("}"));
        assertThat(out.toString()).contains("\"text\":\"茶\"");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void exportTakesARoomATimeAndAFile() throws Exception {
        fill();
        String lines = file("tea.jsonl");
        assertThat(run("export", "--room", "TEA", "--since", "2026-11-02", "-o", lines))
                .isZero();
        assertThat(Path.of(lines)).content().contains("\"late\"").hasLineCount(1);
        assertThat(run("export", "-o", lines)).isEqualTo(2);
        assertThat(err.toString()).contains("exists already");
        assertThat(Path.of(lines)).content().hasLineCount(1);
    }

    @Test
    void anExportIntoAMissingFolderNamesTheFolder() throws Exception {
        fill();
        Path missing = Path.of(file("missing"));
        assertThat(run("export", "-o", missing.resolve("tea.jsonl").toString())).isEqualTo(2);
        assertThat(err.toString().trim())
                .isEqualTo("teahouse: the folder " + missing + " does not exist; nothing was written");
    }

    @Test
    void anInvalidRoomNameAndAnInvalidTimeAreRefused() throws Exception {
        fill();
        assertThat(run("export", "--room", "#tea")).isEqualTo(2);
        assertThat(err.toString()).contains("must not begin with #");
        assertThat(run("export", "--since", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is not a time");
    }

    @Test
    void theFilesOfAnErasedAccountAreDeleted() throws Exception {
        fill();
        uploaded.put("ann", 2);
        uploaded.put("bob", 1);
        assertThat(run("erase", "Ann")).isZero();
        assertThat(out.toString()).contains("2 uploaded files");
        assertThat(uploaded).containsOnlyKeys("bob");
    }

    @Test
    void ifTheAccountCannotBeErasedItsFilesStay() throws Exception {
        uploaded.put("ann", 2);
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(StoreFixture.TEA, "ann", "Ann", "secret", StoreFixture.NOON);
            assertThat(run("erase", "ann")).as("the store is in use").isEqualTo(2);
        }
        assertThat(uploaded).containsKey("ann");
    }

    @Test
    void anAccountIsErasedUnderAnySpelling() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(StoreFixture.TEA, "ann", "Ann", "secret", StoreFixture.NOON);
            fixture.say(StoreFixture.TEA, "bob", "", "mine", StoreFixture.NOON);
        }
        assertThat(run("erase", "ANN")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "erased: 1 message, 0 conversations",
                        "earlier backups still contain the erased data: erase again after restoring one");
        assertThat(run("erase", "anne")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no account anne, and there are no messages of it");
    }

    /** The first run may have been killed after its last step. A script that repeats it must succeed. */
    @Test
    void anErasedAccountMayBeErasedAgain() throws Exception {
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(StoreFixture.TEA, "ann", "Ann", "secret", StoreFixture.NOON);
        }
        assertThat(run("erase", "ann")).isZero();
        out.getBuffer().setLength(0);
        assertThat(run("erase", "Ann")).isZero();
        assertThat(out.toString()).isEqualTo("already erased, nothing to do: Ann" + System.lineSeparator());
        assertThat(run("erase", "ann1")).isEqualTo(2);
    }

    /** The address was stored before addresses were hidden. */
    @Test
    void exportContainsAddressesOnlyIfTheServerShowsThem() throws Exception {
        fill();
        assertThat(run("export")).isZero();
        assertThat(out.toString()).doesNotContain("192.0.2.7").containsPattern("\"host\":\"[0-9a-f.]+\\.ip\"");
    }

    @Test
    void retentionReportsWhatItDeletes() throws Exception {
        fill();
        assertThat(run("retention")).isZero();
        assertThat(out.toString()).isEqualTo("no message has expired" + System.lineSeparator());
        retention = Retention.FOR_EVER.withClasses(
                List.of(new RoomClass(List.of("mat?"), Durability.STORED, Optional.of(Duration.ofNanos(1)))));
        try (StoreFixture fixture = StoreFixture.open(settings)) {
            fixture.say(RoomName.of("mate"), "bob", "", "another", StoreFixture.NOON.plusSeconds(1));
        }
        assertThat(run("retention")).isZero();
        assertThat(out.toString()).contains("deleted: 2 messages in the room mate, sent before ");
    }

    @Test
    void timesAreDaysInstantsOrHowLongAgo() {
        TimeConverter converter = new TimeConverter();
        assertThat(converter.convert("2026-11-24")).isEqualTo("2026-11-24T00:00:00Z");
        assertThat(converter.convert("2026-11-24T22:00:00")).isEqualTo("2026-11-24T22:00:00Z");
        assertThat(converter.convert("2026-11-24T22:00:00.5+02:00")).isEqualTo("2026-11-24T20:00:00.5Z");
        Instant now = Instant.now();
        assertThat(converter.convert("30d"))
                .isBetween(now.minusSeconds(30 * 86_400 + 1), now.minusSeconds(30 * 86_400 - 60));
        assertThat(converter.convert("2h")).isBetween(now.minusSeconds(7200 + 1), now.minusSeconds(7200 - 60));
        assertThat(converter.convert("5m")).isBetween(now.minusSeconds(300 + 1), now.minusSeconds(300 - 60));
    }
}
