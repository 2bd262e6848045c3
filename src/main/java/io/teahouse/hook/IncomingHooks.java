package io.teahouse.hook;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import io.teahouse.account.AccountSettings;
import io.teahouse.account.Networks;
import io.teahouse.account.Throttle;
import io.teahouse.net.BearerToken;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.support.IdGenerator;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hooks by which programs say something in rooms; whatever speaks HTTP passes their requests on. Thread-safe. */
public final class IncomingHooks {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingHooks.class);
    private static final int LONGEST_KEY = 128;

    /** Longer than the hook's actor takes. */
    private static final Duration ANSWER_TIMEOUT = IncomingHookActor.PATIENCE.plusSeconds(4);

    /** How long a program waits before it tries again what failed for reasons of the server. */
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(2);

    /** A hook and the actor that speaks for it. */
    record Running(HookSettings.Incoming hook, ActorRef<IncomingHookActor.Command> actor) {}

    /**
     * A request without its body, as HTTP has it.
     *
     * @param hook the id
     * @param authorization the header of that name; so the others
     */
    public record Request(
            String hook,
            Optional<String> authorization,
            Optional<String> contentType,
            Optional<String> idempotencyKey,
            InetAddress from) {}

    /**
     * An answer, as HTTP has it.
     *
     * @param body JSON
     * @param retryAfter zero: none
     */
    public record Answer(int status, Map<String, ?> body, Duration retryAfter) {
        private static Answer error(int status, String why) {
            return new Answer(status, Map.of("error", why), Duration.ZERO);
        }

        private static Answer later(int status, String why, Duration after) {
            return new Answer(status, Map.of("error", why), after);
        }
    }

    private final ActorSystem<?> system;
    private final Throttle failures;
    private final HookTotals totals;

    /** Empty: they have not been started. */
    private volatile Optional<Map<String, Running>> hooks = Optional.empty();

    private volatile AccountSettings.Pace pace;
    private volatile Throttle rate;

    /** Without hooks; {@link Hooks} starts them. */
    public IncomingHooks(ActorSystem<?> system, HookSettings.Receiving settings, HookTotals totals) {
        this.system = system;
        this.pace = settings.rate();
        this.rate = new Throttle(pace);
        this.failures = new Throttle(settings.failures());
        this.totals = totals;
    }

    /** Takes these in place of the earlier ones. For one thread. */
    void replace(Map<String, Running> running, HookSettings.Receiving settings) {
        hooks = Optional.of(Map.copyOf(running));
        if (!settings.rate().equals(pace)) {
            pace = settings.rate();
            rate = new Throttle(pace);
        }
    }

    /** Says it in the room. The stage completes when the message is stored, or refused; it does not fail. */
    public CompletionStage<Answer> post(Request request, byte[] body) {
        return handle(request, body)
                .exceptionally(failure -> {
                    LOG.warn("webhook {}: a request failed", request.hook, failure);
                    return unknown();
                })
                .thenApply(answer -> {
                    totals.countReceived(answer.status);
                    return answer;
                });
    }

    private CompletionStage<Answer> handle(Request request, byte[] body) {
        Optional<String> token = BearerToken.of(request.authorization);
        if (token.isEmpty()) {
            return now(Answer.error(401, "this needs the token of the hook: Authorization: Bearer …"));
        }
        Optional<Map<String, Running>> known = hooks;
        if (known.isEmpty()) {
            return now(Answer.later(503, "nobody has seen it: the server is starting", RETRY_PAUSE));
        }
        Duration delay = failures.charge(Networks.household(request.from), System.nanoTime());
        if (!delay.isZero()) {
            return now(Answer.later(429, "too many wrong tokens from your address", delay));
        }
        Running running = known.get().get(request.hook);
        if (running == null || !running.hook.token().matches(token.get())) {
            LOG.warn("webhook: wrong token or unknown hook, from {}", request.from.getHostAddress());
            return now(Answer.error(401, "there is no such hook, or it has another token"));
        }
        failures.refund(Networks.household(request.from));
        delay = rate.charge(request.hook, System.nanoTime());
        if (!delay.isZero()) {
            return now(Answer.later(429, "the hook sends more than it may (teahouse.webhooks.rate-per-minute)", delay));
        }
        return accepted(running, request, body);
    }

    private CompletionStage<Answer> accepted(Running running, Request request, byte[] body) {
        Optional<String> key = request.idempotencyKey;
        if (key.filter(IncomingHooks::isKey).isEmpty() && key.isPresent()) {
            return now(
                    Answer.error(400, "an Idempotency-Key has 1 to " + LONGEST_KEY + " visible characters of ASCII"));
        }
        try {
            String text = IncomingBody.read(request.contentType.orElse(""), body);
            if (text.isBlank()) {
                return now(Answer.error(422, "there is no text to say"));
            }
            String clientId =
                    key.orElseGet(() -> "hook-" + IdGenerator.process().nextText());
            OutgoingMessage message = new OutgoingMessage(Kind.MESSAGE, text, clientId);
            return AskPattern.<IncomingHookActor.Command, IncomingHookActor.Outcome>ask(
                            running.actor,
                            replyTo -> new IncomingHookActor.Post(message, replyTo),
                            ANSWER_TIMEOUT,
                            system.scheduler())
                    .thenApply(IncomingHooks::answer);
        } catch (IncomingBody.Unusable e) {
            return now(Answer.error(e.status(), String.valueOf(e.getMessage())));
        }
    }

    private static boolean isKey(String key) {
        return !key.isEmpty() && key.length() <= LONGEST_KEY && key.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    private static CompletionStage<Answer> now(Answer answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static Answer answer(IncomingHookActor.Outcome outcome) {
        if (outcome instanceof IncomingHookActor.Shown shown) {
            return new Answer(
                    200,
                    Map.of(
                            "id", shown.event().id(),
                            "time", shown.event().at().toString(),
                            "repeated", shown.repeated()),
                    Duration.ZERO);
        } else if (outcome instanceof IncomingHookActor.Refused refused) {
            return refused(refused.refusal());
        } else if (outcome instanceof IncomingHookActor.NotSaid not) {
            return Answer.later(503, "nobody has seen it: " + not.why(), RETRY_PAUSE);
        }
        return unknown();
    }

    private static Answer refused(Refusal refusal) {
        return switch (refusal.reason()) {
            case BUSY, NOT_STORED, STORE_AWAY, NOT_A_MEMBER ->
                Answer.later(503, "nobody has seen it: " + refusal.text(), RETRY_PAUSE);
            case MUTED, MODERATED, BANNED -> Answer.error(403, refusal.text());
            default -> Answer.error(422, refusal.text());
        };
    }

    private static Answer unknown() {
        return Answer.later(
                503,
                "it is not known whether it is stored: send it again with the same Idempotency-Key, and it is shown once",
                RETRY_PAUSE);
    }
}
