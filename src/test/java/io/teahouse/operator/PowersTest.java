package io.teahouse.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.testkit.MovableClock;
import io.teahouse.user.CaseMapping;
import io.teahouse.user.LocalUserDirectory;
import io.teahouse.user.NickRules;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of powers: what holds for each of them. */
class PowersTest {
    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final PowerServices services =
            TestPowers.services(new LocalUserDirectory(new NickRules(32, CaseMapping.ASCII, List.of())), clock);
    private final Powers powers = new Powers(services);

    static Stream<PowerSpec> all() {
        return Powers.all().stream();
    }

    private static Operator operator(Set<Privilege> privileges) {
        return new Operator("boss", Way.API, privileges, Optional.empty(), Optional.empty());
    }

    /** Arguments that have the right form. */
    static Map<String, String> arguments(PowerSpec spec) {
        Map<String, String> arguments = new HashMap<>();
        for (Parameter each : spec.parameters()) {
            if (each.isRequired()) {
                arguments.put(
                        each.name(),
                        switch (each.kind()) {
                            case WORD, TEXT -> "x";
                            case NUMBER -> "1";
                            case DURATION -> "1h";
                            case FLAG -> "true";
                        });
            }
        }
        return arguments;
    }

    private Answer run(Set<Privilege> privileges, PowerSpec spec, Map<String, String> arguments) {
        return powers.run(operator(privileges), spec.name(), arguments)
                .toCompletableFuture()
                .join();
    }

    private List<AuditLog.Entry> audit() {
        return services.audit().before(Long.MAX_VALUE, 10).toCompletableFuture().join();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aPowerIsRefusedToThoseWhoLackItsPrivilegeAndTheAuditLogSaysSo(PowerSpec spec) {
        Set<Privilege> others = EnumSet.complementOf(EnumSet.of(spec.privilege()));
        assertThat(run(others, spec, arguments(spec)))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Answer.Reason.FORBIDDEN));
        assertThat(audit()).singleElement().satisfies(entry -> {
            assertThat(entry.who()).isEqualTo("boss");
            assertThat(entry.power()).isEqualTo(spec.name());
            assertThat(entry.outcome()).startsWith("refused: ");
        });
    }

    @Test
    void ofTheSameRefusalOneAMinuteIsWritten() {
        for (int second = 0; second < 90; second++) {
            clock.move(Duration.ofSeconds(1));
            powers.run(operator(Set.of()), "bans", Map.of());
        }
        powers.run(operator(Set.of()), "rooms", Map.of());
        assertThat(audit())
                .extracting(AuditLog.Entry::outcome)
                .containsExactly(
                        "refused: rooms needs the privilege rooms",
                        "refused: bans needs the privilege bans; 59 more before",
                        "refused: bans needs the privilege bans");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aUseIsInTheAuditLogUnlessItOnlyReads(PowerSpec spec) {
        run(EnumSet.of(spec.privilege()), spec, arguments(spec));
        assertThat(audit()).hasSize(spec.reads() ? 0 : 1);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aMissingAWrongOrAnUnknownArgumentIsRefused(PowerSpec spec) {
        Set<Privilege> all = Privilege.all();
        Map<String, String> unknown = new HashMap<>(arguments(spec));
        unknown.put("nonsense", "1");
        assertThat(run(all, spec, unknown)).isInstanceOf(Answer.Refused.class);
        for (Parameter each : spec.parameters()) {
            Map<String, String> wrong = new HashMap<>(arguments(spec));
            wrong.put(each.name(), "two\nlines");
            assertThat(run(all, spec, wrong))
                    .isInstanceOfSatisfying(
                            Answer.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Answer.Reason.INVALID));
            if (each.isRequired()) {
                wrong.remove(each.name());
                assertThat(run(all, spec, wrong)).isInstanceOf(Answer.Refused.class);
            }
        }
        assertThat(audit()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSpecFitsAllThreeWays(PowerSpec spec) {
        assertThat(spec.name()).matches("[a-z]+");
        assertThat(spec.help()).endsWith(".");
        assertThat(spec.parameters()).allSatisfy(each -> {
            assertThat(each.name()).matches("[a-z]+").isNotIn("help", "version", "url", "token", "json");
            assertThat(each.help()).isNotBlank();
        });
        boolean optional = false;
        for (Parameter each : spec.parameters()) {
            assertThat(optional && each.isRequired())
                    .as("required ones come first")
                    .isFalse();
            optional |= !each.isRequired();
        }
    }

    @Test
    void noTwoPowersHaveTheSameName() {
        assertThat(new HashSet<>(all().map(PowerSpec::name).toList())).hasSameSizeAs(Powers.all());
    }

    @Test
    void anUnknownPowerIsRefused() {
        assertThat(powers.run(operator(Privilege.all()), "nothing", Map.of())
                        .toCompletableFuture()
                        .join())
                .isEqualTo(Answer.refused(Answer.Reason.INVALID, "there is no power nothing"));
    }
}
