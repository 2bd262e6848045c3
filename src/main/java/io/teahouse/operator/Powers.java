package io.teahouse.operator;

import io.teahouse.user.Notification;
import io.teahouse.user.UserMode;
import io.teahouse.user.UserSnapshot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
            new MaintenancePower(),
            new MatchesPower(),
            new ReloadPower(),
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

    public Powers(PowerServices services) {
        this.services = services;
    }

    /** What all powers are called and need, for those who offer them. */
    public static List<PowerSpec> all() {
        return TABLE.stream().map(Power::spec).toList();
    }

    private static Optional<Power> find(String name) {
        return TABLE.stream().filter(each -> each.spec().name().equals(name)).findFirst();
    }

    /**
     * Uses a power.
     *
     * @param arguments by the names of its parameters
     * @return never fails
     */
    public CompletionStage<Answer> run(Operator by, String name, Map<String, String> arguments) {
        Optional<Power> power = find(name);
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
                .thenCompose(answer -> spec.reads() ? answer(answer) : record(by, power.get(), given, answer));
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
            return Optional.of(spec.name() + " has no parameter " + unknown.get());
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

    /** The log of the server has it, too: the store may be away, and operators are needed above all then. */
    private CompletionStage<Answer> record(Operator by, Power power, Map<String, String> given, Answer answer) {
        PowerSpec spec = power.spec();
        String arguments = spec.parameters().stream()
                .filter(each -> given.containsKey(each.name()) && !each.name().equals(PowerSpec.REASON))
                .map(each -> each.name() + "=" + power.logged(each.name(), given.getOrDefault(each.name(), "")))
                .collect(Collectors.joining(" "));
        String why = given.getOrDefault(PowerSpec.REASON, "");
        String outcome = outcome(answer);
        Instant now = services.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        LOG.info("operator {} ({}): {} {} [{}]: {}", by.name(), by.way().text(), spec.name(), arguments, why, outcome);
        tellOthers(by, by.name() + " used " + spec.name() + ": " + outcome + (why.isEmpty() ? "" : " (" + why + ")"));
        return services.audit()
                .append(new AuditLog.Entry(0, now, by.name(), by.way(), spec.name(), arguments, why, outcome))
                .handle((number, failure) -> {
                    if (failure != null) {
                        LOG.warn("the audit log lacks the line above: the store does not answer", failure);
                    }
                    return answer;
                });
    }

    private static String outcome(Answer answer) {
        if (answer instanceof Answer.Done done) {
            return done.text();
        }
        Answer.Refused refused = (Answer.Refused) answer;
        return "refused: " + refused.text();
    }

    private void tellOthers(Operator by, String text) {
        for (UserSnapshot each : services.users().all()) {
            if (each.is(UserMode.OPERATOR)
                    && by.user().filter(each.id()::equals).isEmpty()) {
                services.users().notify(each.id(), new Notification.ServerNotice(text));
            }
        }
    }
}
