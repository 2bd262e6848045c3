package io.teahouse.user;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import io.teahouse.account.Result;
import io.teahouse.room.MemberEvent;
import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.UserId;
import io.teahouse.room.support.IdGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one user without a connection: for a while after the last one was lost, or as long as they are always-on, also when
 * the server restarts. Decides whether a user stays or leaves; {@link #settle} tells what follows. Belongs to a
 * {@link UserActor}; guests have none, because they end with their connection.
 */
final class UserAbsence {
    /**
     * How a user leaves, unless they stay without a connection.
     *
     * @param subscriber of the last connection
     * @param mayStay whether the user may stay for a while though they are not always-on
     * @param at when the connection ended
     * @param patience how long the user stays in any case, unnoticed
     */
    record Ending(
            ActorRef<RoomEvent> subscriber,
            Departure how,
            String text,
            boolean mayStay,
            Instant at,
            Duration patience) {}

    /**
     * @param since when the user had the last connection
     * @param most how long they may be absent
     * @param ending how they leave then
     */
    private record Absent(OnlineUsers.Absence how, Instant since, Duration most, Ending ending) {}

    private static final Logger LOG = LoggerFactory.getLogger(UserAbsence.class);

    /** The away message of a user who is expected back soon. */
    private static final String LOST = "connection lost";

    /** The away message of an always-on user without connections. */
    private static final String OFFLINE = "not connected";

    /** What others see as the host of a user who has not been connected since the server was restarted. */
    private static final String NO_HOST = "always-on";

    /** How often an always-on user's connections report what they were shown. */
    private static final Duration REPORTS = Duration.ofSeconds(5);

    /** Longer delays are divided: the scheduler refuses those of many months. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(1);

    private final UserState user;
    private final AlwaysOnUser alwaysOn;
    private final RoomRejoiner rejoiner;

    private Optional<Absent> absent = Optional.empty();
    private Optional<Cancellable> absenceTimer = Optional.empty();
    private Optional<Cancellable> reportTimer = Optional.empty();

    /** The last connection has ended, and it is not known yet whether the user is always-on. */
    private Optional<Ending> undecided = Optional.empty();

    /** The user of before the restart, unless they are restored already or a connection has come first. */
    private Optional<AlwaysOnUsers.Stored> expected = Optional.empty();

    /** The user of before the restart is not in the directory yet. */
    private boolean restoring;

    /** An operator of the server has ended the user, who must not stay unless another connection has come since. */
    private boolean killed;

    UserAbsence(UserState user) {
        this.user = user;
        this.alwaysOn = new AlwaysOnUser(user);
        this.rejoiner = new RoomRejoiner(user);
    }

    /**
     * Does what follows from the last message: decides whether a user without a connection stays, and saves what has
     * changed.
     *
     * @return how the user leaves, who must not stay any longer
     */
    Optional<Ending> settle() {
        if (undecided.isPresent() && !alwaysOn.isUnknown()) {
            Ending ending = undecided.get();
            undecided = Optional.empty();
            Optional<OnlineUsers.Absence> how = killed ? Optional.empty() : mayBeAbsent(ending);
            if (how.isEmpty()) {
                return Optional.of(ending);
            }
            stay(how.get(), ending);
        }
        if (absent.filter(this::isOver).isPresent()) {
            return absent.map(Absent::ending);
        }
        if (user.isOnline()) {
            alwaysOn.saveIfChanged(this::stored);
            askForReports();
        }
        return Optional.empty();
    }

    // Without connections

    /** The last connection has ended. */
    void begin(Ending ending) {
        undecided = Optional.of(ending);
    }

    /** An operator of the server ends the user. */
    void kill() {
        killed = true;
    }

    private Optional<OnlineUsers.Absence> mayBeAbsent(Ending ending) {
        UserSettings settings = user.services().settings();
        OnlineUsers users = user.services().users();
        if (alwaysOn.isOn()) {
            int most = settings.alwaysOn().mostUsers();
            if (users.mayBeAbsent(OnlineUsers.Absence.ALWAYS_ON, most)) {
                return Optional.of(OnlineUsers.Absence.ALWAYS_ON);
            }
            LOG.warn(
                    "The always-on user {} does not stay: {} are without a connection already"
                            + " (teahouse.accounts.always-on.most-users)",
                    user.snapshot().nick(),
                    most);
        }
        if (!ending.patience.isZero() && users.mayStayAbsent(OnlineUsers.Absence.LOST, Integer.MAX_VALUE)) {
            return Optional.of(OnlineUsers.Absence.LOST);
        }
        boolean may = ending.mayStay
                && !settings.absence().isZero()
                && !user.snapshot().profile().account().isEmpty()
                && users.mayBeAbsent(OnlineUsers.Absence.LOST, settings.mostAbsent());
        return may ? Optional.of(OnlineUsers.Absence.LOST) : Optional.empty();
    }

    private void stay(OnlineUsers.Absence how, Ending ending) {
        UserSnapshot now = user.snapshot();
        LOG.info("absent: {}", now.nick());
        absent = Optional.of(absent(how, ending));
        user.rooms().leaveConversations(now.id());
        user.rooms().unsubscribe(ending.subscriber);
        user.rooms().watch();
        Profile profile = now.profile();
        if (how == OnlineUsers.Absence.ALWAYS_ON || ending.patience.isZero()) {
            String text = how == OnlineUsers.Absence.ALWAYS_ON ? OFFLINE : LOST;
            user.changeProfile(profile.isAway() ? profile : profile.withAway(text), () -> {});
        }
        wakeWhenOver();
        alwaysOn.save(stored());
    }

    private Absent absent(OnlineUsers.Absence how, Ending ending) {
        UserSettings settings = user.services().settings();
        if (how == OnlineUsers.Absence.LOST && !ending.patience.isZero()) {
            return new Absent(how, ending.at, ending.patience, ending);
        }
        Duration most = how == OnlineUsers.Absence.LOST
                ? settings.absence()
                : settings.alwaysOn().time();
        Ending late = new Ending(
                user.context().getSystem().ignoreRef(),
                Departure.QUIT,
                "did not come back",
                false,
                ending.at,
                Duration.ZERO);
        return new Absent(how, ending.at, most, late);
    }

    private boolean isOver(Absent now) {
        boolean optedOut = now.how == OnlineUsers.Absence.ALWAYS_ON && !alwaysOn.isOn();
        return optedOut || timeLeft(now).isNegative() || timeLeft(now).isZero();
    }

    private Duration timeLeft(Absent now) {
        return Duration.between(Instant.now(), now.since.plus(now.most));
    }

    /** A message to the actor when the time is up that the user may be absent. */
    private void wakeWhenOver() {
        absent.map(this::timeLeft).filter(left -> !left.isNegative()).ifPresent(left -> {
            Duration delay = left.compareTo(LONGEST_DELAY) < 0 ? left : LONGEST_DELAY;
            absenceTimer = Optional.of(schedule(delay, this::wakeWhenOver));
        });
    }

    private Cancellable schedule(Duration delay, Runnable step) {
        return user.context().scheduleOnce(delay, user.context().getSelf(), new UserRooms.Continue(step));
    }

    /** Whether the user has no connection, also while it is not known yet whether they stay. */
    boolean isAbsent() {
        return absent.isPresent() || undecided.isPresent();
    }

    /** When the user had the last connection; empty: they have one, or it is not known yet whether they stay. */
    Optional<Instant> since() {
        return absent.map(Absent::since);
    }

    /** A connection has been attached: the user is back, also after an operator has ended them. */
    void connected() {
        killed = false;
        end();
    }

    /** The user is not absent any more: they have a connection again, or have left. */
    void end() {
        absent.ifPresent(ended -> user.services().users().absenceEnded(ended.how));
        absent = Optional.empty();
        undecided = Optional.empty();
        absenceTimer.ifPresent(Cancellable::cancel);
    }

    /** The user has left: nothing is stored of them any more. */
    void left() {
        end();
        stopReports();
        alwaysOn.end();
    }

    // Always-on

    /** The user has that account from now on; empty: none. */
    void account(String account) {
        alwaysOn.end();
        if (!account.isEmpty()) {
            alwaysOn.begin(account);
        }
    }

    /** See {@link AlwaysOnUser#choose}. */
    void choose(Optional<Boolean> choice, Consumer<Result<Boolean>> then) {
        alwaysOn.choose(choice, then);
    }

    void restoreEnded(UserSupervisor.RestoreEnded ended) {
        alwaysOn.restoreEnded(ended.complete());
    }

    void whenSaved(Runnable then) {
        alwaysOn.whenSaved(then);
    }

    /**
     * Saves an always-on user under the new name of their account.
     *
     * @param then runs when everything is saved, or cannot be
     */
    void saveAs(Nick to, Runnable then) {
        alwaysOn.saveAs(() -> stored().renamed(to, isNamedAsAccount()), then);
    }

    private boolean isNamedAsAccount() {
        UserSnapshot now = user.snapshot();
        return user.services()
                .users()
                .key(now.profile().account())
                .filter(now.nick().key()::equals)
                .isPresent();
    }

    /** While an always-on user is connected, what they have seen is saved every few seconds. */
    private void askForReports() {
        if (!alwaysOn.isOn() || user.connections().isEmpty()) {
            stopReports();
        } else if (reportTimer.isEmpty()) {
            reportTimer = Optional.of(schedule(REPORTS, () -> {
                reportTimer = Optional.empty();
                user.connections().tell(new UserEvent.ReportSeen());
            }));
        }
    }

    private void stopReports() {
        reportTimer.ifPresent(Cancellable::cancel);
        reportTimer = Optional.empty();
    }

    private AlwaysOnUsers.Stored stored() {
        UserSnapshot now = user.snapshot();
        String away = now.profile().away();
        return new AlwaysOnUsers.Stored(
                now.profile().account(),
                now.nick(),
                now.profile().user(),
                now.profile().realName(),
                away.equals(OFFLINE) || away.equals(LOST) ? "" : away,
                since().orElseGet(Instant::now),
                now.metadata(),
                Stream.concat(user.rooms().memberships(now).stream(), rejoiner.restored().stream())
                        .toList());
    }

    // After a restart of the server

    /** The user was always-on: {@link #restore} brings them back, or {@link #rejoinRooms} if a connection has come first. */
    void expect(AlwaysOnUsers.Stored stored) {
        expected = Optional.of(stored);
        rejoiner.restore(stored.memberships(), listed(stored));
        schedule(user.services().settings().answerTimeout(), this::settled);
    }

    /** Who is to be restored, unless a connection comes first. */
    Optional<AlwaysOnUsers.Stored> expected() {
        return expected;
    }

    /** The user is in the directory: joins the rooms from before the restart, if there are any. */
    void rejoinRooms() {
        expected = Optional.empty();
        rejoiner.start();
    }

    /** The supervisor need not wait for this user any longer. */
    void settled() {
        user.supervisor().tell(new UserSupervisor.Settled(user.self()));
    }

    /** Whether {@link #restore} is under way. */
    boolean isRestoring() {
        return restoring;
    }

    /**
     * Has the user appear in the directory as before the restart. If the directory still lists them, another node has ended, and the nick is
     * theirs.
     *
     * @param then is told whether they have
     */
    void restore(AlwaysOnUsers.Stored stored, Consumer<Boolean> then) {
        expected = Optional.empty();
        restoring = true;
        Optional<UserSnapshot> listed = listed(stored);
        user.claimant(listed.map(UserSnapshot::id).orElseGet(UserId::generate));
        restore(stored, listed.map(UserSnapshot::nick).orElse(stored.nick()), problem -> {
            restoring = false;
            problem.ifPresent(why -> {
                LOG.warn("The always-on user {} is not restored: {}", stored.nick(), why);
                user.releaseNicks(); // a newcomer claims theirs under another id
            });
            then.accept(problem.isEmpty());
        });
    }

    /** As the directory lists them, because another node has ended. */
    private Optional<UserSnapshot> listed(AlwaysOnUsers.Stored stored) {
        return user.services().users().find(UserId.ofAccount(stored.account()));
    }

    /** Under the nick of before; if another user has it, under the name of the account, which nobody else may have. */
    private void restore(AlwaysOnUsers.Stored stored, Nick as, Consumer<Optional<String>> then) {
        Optional<Nick> own = user.services().users().key(stored.account()).map(key -> new Nick(stored.account(), key));
        boolean mine = own.filter(as::sameAs).isPresent();
        user.claim(as, mine, claimed -> {
            if (claimed.obstacle().isEmpty()) {
                then.accept(enter(stored, as));
            } else if (mine || own.isEmpty()) {
                then.accept(Optional.of(
                        "another user has the name " + claimed.obstacle().get()));
            } else {
                restore(stored, own.get(), then);
            }
        });
    }

    /** Empty: the user is in the directory; else why not. */
    private Optional<String> enter(AlwaysOnUsers.Stored stored, Nick nick) {
        int most = user.services().settings().alwaysOn().mostUsers();
        if (!user.services().users().mayStayAbsent(OnlineUsers.Absence.ALWAYS_ON, most)) {
            return Optional.of(most + " are without a connection already (teahouse.accounts.always-on.most-users)");
        }
        String away = stored.away().isEmpty() ? OFFLINE : stored.away();
        UserId guest = UserId.ofGuest(nick, IdGenerator.process().nextText());
        Profile profile = new Profile(stored.user(), NO_HOST, stored.realName(), stored.account(), away, false, guest);
        user.enter(UserSnapshot.absent(nick, profile, stored.lastConnected(), stored.metadata()));
        user.claimForAccount();
        absent = Optional.of(absent(
                OnlineUsers.Absence.ALWAYS_ON,
                new Ending(
                        user.context().getSystem().ignoreRef(),
                        Departure.QUIT,
                        "",
                        false,
                        stored.lastConnected(),
                        Duration.ZERO)));
        alwaysOn.restored(stored);
        wakeWhenOver();
        rejoiner.start();
        return Optional.empty();
    }

    // After the end of another actor of the user

    /** The user is in the directory again: goes on in their rooms, and waits for connections if there are none. */
    void resume(UserSnapshot from, boolean lost, Duration patience) {
        account(from.profile().account());
        if (lost) {
            begin(new Ending(
                    user.context().getSystem().ignoreRef(), Departure.LOST, "", false, Instant.now(), patience));
        }
        from.places().forEach(place -> rejoiner.resume(place.room(), place.ranks(), !lost));
    }

    // Rooms

    /** The user is a member of a room that does not know this actor yet. */
    void hold(UserRoom room) {
        if (!user.rooms().isIn(room.room())) {
            rejoiner.hold(room);
        }
    }

    /** The same for several. {@code then} runs when they know it, or do not answer in time. */
    void hold(List<UserRoom> rooms, Runnable then) {
        rejoiner.hold(rooms, then);
    }

    /**
     * A room says that the user is a member.
     *
     * @return the seq up to which they have seen it, if this actor has asked to join
     */
    Optional<Long> placed(MemberEvent.Placed placed) {
        return rejoiner.placed(placed);
    }

    /** The user knows of the room that has just let them in. */
    void afterPlaced() {
        rejoiner.afterPlaced();
    }

    /** A room has ended: joins it again if no connection does. */
    void roomEnded(ActorRef<?> room) {
        if (!rejoiner.ended(room) && user.connections().isEmpty()) {
            user.rooms().ended(room).ifPresent(this::rejoin);
        }
    }

    private void rejoin(UserRoom room) {
        Ranks ranks = user.snapshot().place(room.room()).map(Place::ranks).orElse(Ranks.NONE);
        rejoiner.rejoin(room.room(), ranks);
    }
}
