package io.teahouse.operator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of powers, and the only way to use one: checks the arguments and the privilege, does it, writes to the audit log, and tells the
 * operators who are online. Thread-safe.
 */
public final class Powers {
    /** All powers. A new one is a file and a line here. */
    private static final List<Power> TABLE = List.of(
            new AnnouncePower(),
            new AuditPower(),
            new BanPower(),
            new BansPower(),
            new DisconnectPower(),
            new DrainPower(),
            new MaintenancePower(),
            new MatchesPower(),
            new ReloadPower(),
            new SettingsPower(),
            new UnbanPower(),
            new AccountsPower(),
            new AccountPower(),
            new SuspendPower(),
            new UnsuspendPower(),
            new ResetpasswordPower(),
            new RenameaccountPower(),
            new LogoutPower(),
            new EndconnectionPower(),
            new BotPower(),
            new RoomsPower(),
            new RoomPower(),
            new RoommodePower(),
            RankPower.grant(),
            RankPower.revoke(),
            new TransferPower(),
            new ReleasePower(),
            new RenameroomPower(),
            new CloseroomPower(),
            new ErasemessagesPower());

    private static final Logger LOG = LoggerFactory.getLogger(Powers.class);

    private final PowerServices services;
    private final AuditTrail trail;

    public Powers(PowerServices services) {
        this.services = services;
        this.trail = new AuditTrail(services);
    }

    /** Where the use of powers is written to, and what else operators do. */
    public AuditTrail trail() {
        return trail;
    }

    /** What all powers are called and need, for those who offer them. */
    public static List<PowerSpec> all() {
        return TABLE.stream().map(Power::spec).toList();
    }

    /** The power of that name. */
    public static Optional<PowerSpec> find(String name) {
        return power(name).map(Power::spec);
    }

    private static Optional<Power> power(String name) {
        return TABLE.stream().filter(each -> each.spec().name().equals(name)).findFirst();
    }

    /**
     * Uses a power.
     *
     * @param arguments by the names of its parameters
     * @return never fails
     */
    public CompletionStage<Answer> run(Operator by, String name, Map<String, String> arguments) {
        Optional<Power> power = power(name);
        if (power.isEmpty()) {
            return answer(Answer.refused(Answer.Reason.INVALID, "there is no power " + name));
        }
        PowerSpec spec = power.get().spec();
        Map<String, String> given = new HashMap<>(arguments);
        given.values().removeIf(String::isEmpty);
        Optional<String> problem = problem(spec, given);
        if (problem.isPresent()) {
            return answer(Answer.refused(Answer.Reason.INVALID, problem.get()));
        } else if (!by.has(spec.privilege())) {
            Answer refused = Answer.refused(
                    Answer.Reason.FORBIDDEN,
                    name + " needs the privilege " + spec.privilege().text());
            return record(by, power.get(), given, refused);
        }
        return use(power.get(), new Use(by, Map.copyOf(given), services))
                .thenCompose(
                        answer -> power.get().changes(given) ? record(by, power.get(), given, answer) : answer(answer));
    }

    private static CompletionStage<Answer> answer(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static Optional<String> problem(PowerSpec spec, Map<String, String> given) {
        Optional<String> unknown = given.keySet().stream()
                .filter(key -> spec.parameter(key).isEmpty())
                .sorted()
                .findFirst();
        if (unknown.isPresent()) {
            String known = spec.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
            return Optional.of(spec.name() + " has no parameter " + unknown.get()
                    + (known.isEmpty() ? ": it takes none" : ", only " + known));
        }
        for (Parameter each : spec.parameters()) {
            String value = given.get(each.name());
            if (value == null && each.isRequired()) {
                return Optional.of(each.name() + " is missing: " + each.help());
            } else if (value != null && !each.kind().accepts(value)) {
                return Optional.of(each.name() + " must be " + each.kind().text());
            }
        }
        return Optional.empty();
    }

    private static CompletionStage<Answer> use(Power power, Use use) {
        return CompletableFuture.completedFuture(use)
                .thenCompose(power::run)
                .exceptionally(failure -> failed(power, failure));
    }

    private static Answer failed(Power power, Throwable failure) {
        LOG.warn("{} failed", power.spec().name(), failure);
        return Answer.refused(
                Answer.Reason.UNAVAILABLE, power.spec().name() + " failed: the store does not answer; try again");
    }

    private CompletionStage<Answer> record(Operator by, Power power, Map<String, String> given, Answer answer) {
        PowerSpec spec = power.spec();
        String arguments = spec.parameters().stream()
                .filter(each -> given.containsKey(each.name()) && !each.name().equals(PowerSpec.REASON))
                .map(each -> each.name() + "=" + power.logged(each.name(), given.getOrDefault(each.name(), "")))
                .collect(Collectors.joining(" "));
        AuditTrail.Action action = new AuditTrail.Action(
                by, spec.name(), arguments, given.getOrDefault(PowerSpec.REASON, ""), outcome(answer));
        boolean lacksPrivilege =
                answer instanceof Answer.Refused refused && refused.reason() == Answer.Reason.FORBIDDEN;
        return (lacksPrivilege ? trail.refused(by.key() + " " + spec.name(), action) : trail.done(action))
                .thenApply(written -> answer);
    }

    private static String outcome(Answer answer) {
        if (answer instanceof Answer.Done done) {
            return done.text();
        }
        Answer.Refused refused = (Answer.Refused) answer;
        return "refused: " + refused.text();
    }
}
