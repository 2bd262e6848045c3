package io.teahouse.user;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.teahouse.account.Result;
import io.teahouse.room.support.FatalErrors;
import io.teahouse.user.AlwaysOnUsers.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one user is always-on, as their account has chosen; saves the user as long as they are. At most one save is under
 * way at a time; what changes in the meantime is saved after it. Belongs to a {@link UserActor}.
 */
final class AlwaysOnUser {
    private enum State {
        OFF,
        /** The store has not answered yet. */
        UNKNOWN,
        ON
    }

    private static final Logger LOG = LoggerFactory.getLogger(AlwaysOnUser.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    /** How old the stored time of the last connection may become. */
    private static final Duration STALE = Duration.ofHours(1);

    private final ActorContext<Object> context;
    private final AlwaysOnUsers store;
    private final UserSettings.AlwaysOn settings;
    private final OnlineUsers users;
    private final ActorRef<UserSupervisor.Command> supervisor;
    private String account = "";
    private State state = State.OFF;

    /** How often the account has chosen; what the store tells of an earlier choice is out of date. */
    private int choices;

    /** What is stored, or is about to be. */
    private Optional<Stored> latest = Optional.empty();

    /** The users from before a restart are restored. Saving earlier could overwrite one of them. */
    private boolean maySave;

    private boolean saving;
    private boolean changedSince;
    private Optional<Cancellable> retry = Optional.empty();
    private List<Runnable> whenSaved = List.of();

    AlwaysOnUser(UserState user) {
        this.context = user.context();
        this.store = user.services().alwaysOn();
        this.settings = user.services().settings().alwaysOn();
        this.users = user.services().users();
        this.supervisor = user.supervisor();
    }

    boolean isOn() {
        return state == State.ON;
    }

    boolean isUnknown() {
        return state == State.UNKNOWN;
    }

    /** The user has an account now. */
    void begin(String to) {
        account = to;
        if (settings.mode() != UserSettings.Mode.OFF) {
            state = State.UNKNOWN;
            awaitRestore();
        }
    }

    private void awaitRestore() {
        supervisor.tell(new UserSupervisor.AwaitRestore(context.getSelf().narrow()));
    }

    /** @param complete false: the store did not answer and will be asked again */
    void restoreEnded(boolean complete) {
        if (account.isEmpty()) {
            return;
        } else if (complete) {
            maySave = true;
            load();
        } else {
            if (state == State.UNKNOWN) {
                state = State.OFF;
            }
            context.scheduleOnce(RETRY, context.getSelf(), new UserRooms.Continue(this::awaitRestore));
        }
    }

    /** The server has restarted. The user was always-on, and still is unless the account has chosen otherwise. */
    void restored(Stored user) {
        account = user.account();
        latest = Optional.of(user);
        state = State.ON;
        maySave = true;
        load();
    }

    /** The user has left or no longer has the account. Deletes what is stored of them. */
    void end() {
        if (state != State.OFF) {
            remove();
        }
        account = "";
        state = State.OFF;
        latest = Optional.empty();
    }

    private void remove() {
        String of = account;
        whenDone(store.remove(of), (done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "Could not delete the always-on user {}, who may be back after a restart: {}",
                        of,
                        text(failure));
            }
        });
    }

    // The choice

    private void load() {
        String of = account;
        int before = choices;
        whenDone(store.choice(of), (choice, failure) -> {
            if (!of.equals(account) || before != choices) {
                return;
            } else if (failure == null) {
                become(choice.orElse(settings.isDefault()));
            } else {
                LOG.debug("Could not read whether {} is always-on; trying again: {}", of, text(failure));
                become(state == State.ON || settings.isDefault());
                context.scheduleOnce(RETRY, context.getSelf(), new UserRooms.Continue(() -> {
                    if (of.equals(account) && before == choices) {
                        load();
                    }
                }));
            }
        });
    }

    private void become(boolean on) {
        if (!on && state == State.ON) {
            remove();
            latest = Optional.empty();
        }
        state = on ? State.ON : State.OFF;
    }

    /**
     * Stores the choice of the account, or answers what it has chosen.
     *
     * @param choice empty: only answers
     */
    void choose(Optional<Boolean> choice, Consumer<Result<Boolean>> then) {
        String of = account;
        if (settings.mode() == UserSettings.Mode.OFF) {
            then.accept(Result.refused(Result.Reason.OFF, "nobody can be always-on here"));
        } else if (choice.isEmpty()) {
            whenDone(
                    store.choice(of),
                    (chosen, failure) -> then.accept(
                            failure == null
                                    ? new Result.Done<>(chosen.orElse(settings.isDefault()))
                                    : Result.unavailable()));
        } else if (choice.get()
                && state != State.ON
                && users.absent(OnlineUsers.Absence.ALWAYS_ON) >= settings.mostUsers()) {
            then.accept(Result.refused(
                    Result.Reason.BUSY,
                    "as many always-on users are away as this server allows (" + settings.mostUsers()
                            + "): try again later"));
        } else {
            whenDone(store.choose(of, choice.get()), (done, failure) -> {
                if (failure == null && of.equals(account)) {
                    choices++;
                    become(choice.get());
                }
                then.accept(failure == null ? new Result.Done<>(choice.get()) : Result.unavailable());
            });
        }
    }

    // Saving

    /**
     * Saves the user if something has changed that is stored.
     *
     * @param current what is to be stored now; asked only if the user is always-on
     */
    void saveIfChanged(Supplier<Stored> current) {
        if (state == State.ON && maySave) {
            Stored now = current.get();
            if (latest.filter(before -> isSame(before, now)).isEmpty()) {
                save(now);
            }
        }
    }

    private static boolean isSame(Stored before, Stored now) {
        return now.with(before.lastConnected()).equals(before)
                && !now.lastConnected().isAfter(before.lastConnected().plus(STALE));
    }

    /** Saves the user, whatever has changed. */
    void save(Stored now) {
        if (state == State.ON && maySave) {
            latest = Optional.of(now);
            saveLatest();
        }
    }

    private void saveLatest() {
        if (latest.isEmpty()) {
            return;
        } else if (saving) {
            changedSince = true;
            return;
        }
        saving = true;
        Stored now = latest.get();
        whenDone(store.save(now), (done, failure) -> {
            saving = false;
            retry.ifPresent(Cancellable::cancel);
            if (failure != null) {
                LOG.debug("Could not save the always-on user {}; trying again: {}", now.account(), text(failure));
                retry = Optional.of(
                        context.scheduleOnce(RETRY, context.getSelf(), new UserRooms.Continue(this::saveLatest)));
            }
            if (changedSince) {
                changedSince = false;
                saveLatest();
            }
            if (!saving) {
                whenSaved.forEach(Runnable::run);
                whenSaved = List.of();
            }
        });
    }

    /**
     * Saves the user under the new name of their account, until nothing has changed since. What is saved under the old one from
     * now on has no effect.
     *
     * @param current what is to be stored now, under the new name
     * @param then runs when this is done, or the store has failed: it has what was saved earlier
     */
    void saveAs(Supplier<Stored> current, Runnable then) {
        if (state != State.ON || !maySave) {
            then.run();
            return;
        }
        Stored now = current.get();
        whenDone(store.save(now), (done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "Could not save the always-on user {}, who may have fewer rooms under this new name: {}",
                        now.account(),
                        text(failure));
                then.run();
            } else if (isSame(now, current.get())) {
                then.run();
            } else {
                saveAs(current, then);
            }
        });
    }

    /** Runs that when no save is under way. */
    void whenSaved(Runnable then) {
        if (saving) {
            whenSaved = new ArrayList<>(whenSaved);
            whenSaved.add(then);
        } else {
            then.run();
        }
    }

    private <T> void whenDone(CompletionStage<T> answer, BiConsumer<T, @Nullable Throwable> then) {
        context.pipeToSelf(answer, (value, failure) -> {
            if (failure != null) {
                FatalErrors.escalate(failure);
            }
            return new UserRooms.Continue(() -> then.accept(value, failure));
        });
    }

    private static String text(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
