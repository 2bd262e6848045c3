package io.teahouse.client;

import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.account.Result;
import io.teahouse.client.Dialect.NameProblem;
import io.teahouse.room.Nick;
import io.teahouse.room.UserId;
import io.teahouse.user.NickRegistry;
import io.teahouse.user.NickRules;
import io.teahouse.user.PendingReplies;
import io.teahouse.user.UserActor;
import io.teahouse.user.UserEvent;
import io.teahouse.user.UserSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The nick of one client: claims and changes it, and checks whether it belongs to an account. Runs in the client's
 * actor.
 */
final class ClientNick {
    /** The interval at which a nick is checked again whose owner is unknown. */
    private static final Duration PROVING = Duration.ofSeconds(2);

    private final ActorContext<Object> context;
    private final Services services;
    private final Dialect dialect;
    private final CurrentUser me;
    private final ClientConnection connection;
    private final ClientAccount account;
    private final UserQuestions questions;
    private final PendingReplies replies;
    private final PendingWork work;

    /** Claims nicks before there is a user. */
    private UserId claimant = UserId.UNKNOWN;

    ClientNick(
            ActorContext<Object> context,
            Services services,
            Dialect dialect,
            CurrentUser me,
            ClientConnection connection,
            ClientAccount account,
            UserQuestions questions,
            PendingReplies replies,
            PendingWork work) {
        this.context = context;
        this.services = services;
        this.dialect = dialect;
        this.me = me;
        this.connection = connection;
        this.account = account;
        this.questions = questions;
        this.replies = replies;
        this.work = work;
    }

    /** The id that claims the nick before there is a user. */
    UserId claimant() {
        if (!claimant.isKnown()) {
            claimant = UserId.generate();
        }
        return claimant;
    }

    /**
     * The id of the user, if they enter as a guest under that nick. Under the first nick it is the claimant's: one
     * object less.
     */
    UserId guest(Nick name) {
        return claimant.isGuest() && claimant.name().equals(name.key()) ? claimant : newGuest(name);
    }

    private static UserId newGuest(Nick name) {
        String unique = Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), Character.MAX_RADIX);
        return UserId.ofGuest(name, unique);
    }

    // Claiming

    /** Claims the first nick or another one; see {@link Session.Identity#claim}. */
    void claim(String name) {
        NickRules.Checked checked = services.rules().check(name);
        if (checked instanceof NickRules.Accepted accepted) {
            Nick wanted = accepted.nick();
            Optional<String> reserved =
                    account.owns(wanted) ? Optional.empty() : services.rules().reservation(wanted);
            Optional<String> objection = reserved.or(() -> banned(wanted));
            if (objection.isPresent()) {
                dialect.nameRefused(name, NameProblem.INVALID, objection.get());
            } else if (me.user().isEmpty()) { // the owner is checked when it enters: the client may log in before
                first(wanted);
            } else if (me.nick().filter(wanted::sameAs).isPresent()) {
                rename(wanted);
            } else {
                account.check(
                        wanted,
                        unproven -> {
                            rename(wanted);
                            proveLater(wanted, unproven);
                        },
                        (problem, why) -> dialect.nameRefused(name, problem, why));
            }
        } else if (checked instanceof NickRules.Rejected rejected) {
            dialect.nameRefused(name, NameProblem.INVALID, rejected.why());
        }
    }

    /** Why a user who is in may not have that nick; who is not in yet is checked when they enter. */
    private Optional<String> banned(Nick wanted) {
        return me.user().flatMap(any -> services.entrance().refusal(wanted, me.profile(), false));
    }

    /** Claims the first nick, or takes that of the account's user, if there is one. */
    private void first(Nick wanted) {
        Optional<Nick> already = account.name()
                .flatMap(mine -> services.users().find(UserId.ofAccount(mine.text())))
                .map(UserSnapshot::nick);
        if (already.isPresent()) {
            me.nick(already);
            dialect.named(already.get(), already.get());
            return;
        }
        claimant = claimant.isKnown() ? claimant : newGuest(wanted);
        long number = replies.nextNumber();
        work.begin();
        replies.expect(number, NickRegistry.Claimed.class, claimed -> {
            work.end();
            Optional<Nick> obstacle = claimed.obstacle();
            if (obstacle.isPresent() && !isAbsent(obstacle.get())) {
                account.check(
                        wanted,
                        unproven -> refused(wanted, obstacle.get()),
                        (problem, why) -> dialect.nameRefused(wanted.text(), problem, why));
            } else { // the absent user may be about to log in: checked when the client enters
                Nick before = me.nick().orElse(wanted);
                me.nick(Optional.of(wanted));
                dialect.named(wanted, before);
            }
        });
        services.nicks()
                .tell(new NickRegistry.Claim(
                        number,
                        wanted,
                        account.owns(wanted),
                        claimant,
                        context.getSelf().narrow(),
                        context.getSelf().narrow()));
    }

    private boolean isAbsent(Nick nick) {
        return services.users().find(nick.text()).filter(UserSnapshot::isAbsent).isPresent();
    }

    private void refused(Nick asked, Nick obstacle) {
        dialect.nameRefused(asked.text(), NameProblem.TAKEN, taken(asked, obstacle));
    }

    /** The reason why a nick is refused, in one line for the user. */
    static String taken(Nick asked, Nick obstacle) {
        return obstacle.sameAs(asked)
                ? "the name " + asked + " is taken"
                : "the name " + asked + " looks like " + obstacle + ", which is taken";
    }

    private void rename(Nick to) {
        questions.ask(
                event -> {
                    if (event instanceof UserEvent.NickRefused refused) {
                        refused(refused.asked(), refused.obstacle());
                    }
                },
                number -> new UserActor.Rename(number, context.getSelf().narrow(), to, account.owns(to)));
    }

    // Losing

    /** The owner of the nick has logged in, and the client has not entered yet. */
    void on(NickRegistry.Lost lost) {
        if (!account.owns(lost.nick())) {
            lose(lost.nick(), NameProblem.OWNED, ClientAccount.owned(lost.nick()));
        }
    }

    /** The client has no nick until it claims another one. */
    void lose(Nick lost, NameProblem problem, String why) {
        if (me.nick().filter(lost::sameAs).isPresent()) {
            me.nick(Optional.empty());
            dialect.nameRefused(lost.text(), problem, why);
        }
    }

    /** Gives up the claim that was made before there is a user. */
    void release() {
        services.nicks()
                .tell(new NickRegistry.Release(claimant(), context.getSelf().narrow()));
    }

    // Proving

    /**
     * Checks again whether the nick belongs to an account.
     *
     * @param unproven whether the store was away when the client took it; if not, nothing is done
     */
    void proveLater(Nick name, boolean unproven) {
        if (unproven) {
            work.after(PROVING, () -> prove(name));
        }
    }

    private void prove(Nick name) {
        if (isStill(name)) {
            work.whenDone(account.whyOwned(name), answer -> proved(name, answer.orElseGet(Result::unavailable)));
        }
    }

    private void proved(Nick name, Result<Optional<String>> whyOwned) {
        if (isStill(name)) {
            whyOwned.handle(why -> why.ifPresent(connection::cutOff), refused -> proveLater(name, true));
        }
    }

    /** Whether the client has that nick, and not as the owner of its account. */
    private boolean isStill(Nick name) {
        return me.nick().filter(name::sameAs).isPresent() && !account.owns(name);
    }
}
