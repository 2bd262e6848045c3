package io.teahouse.user;

import io.teahouse.room.Nick;
import io.teahouse.room.Profile;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent.Departure;
import io.teahouse.room.support.IdGenerator;
import io.teahouse.user.UserActor.Attach;
import io.teahouse.user.UserActor.Newcomer;
import io.teahouse.user.UserConnections.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Attaches connections to one user and detaches them. The user enters with the first one, and leaves with the last one unless
 * they stay without. Belongs to a {@link UserActor}.
 */
final class ConnectionHandler {
    private final UserState user;

    /** Empty: a guest, who lives in the actor of their only connection and ends with it. */
    private final Optional<UserAbsence> absence;

    /** Connections that came before the nick was certain. */
    private List<Attach> early = List.of();

    /** The new name of the user's account, under which they come back. */
    private Optional<Nick> accountRenamed = Optional.empty();

    ConnectionHandler(UserState user, Optional<UserAbsence> absence) {
        this.user = user;
        this.absence = absence;
    }

    /** Whether the user has no connection yet, none is waiting, and nobody is being restored. */
    boolean isUnused() {
        return !user.isOnline() && early.isEmpty() && !isRestoring();
    }

    private boolean isRestoring() {
        return absence.filter(UserAbsence::isRestoring).isPresent();
    }

    // Attaching

    void onAttach(Attach attach) {
        if (user.isOnline()) {
            attach(attach);
            return;
        }
        boolean first = isUnused();
        early = Stream.concat(early.stream(), Stream.of(attach)).toList();
        if (first) {
            enter(attach.newcomer());
        }
    }

    private void enter(Newcomer first) {
        user.claimant(first.claimant());
        user.claim(first.nick(), first.ownsNick(), this::entered);
    }

    private void entered(NickRegistry.Claimed claimed) {
        Newcomer first = early.get(0).newcomer();
        if (claimed.obstacle().isPresent()) {
            early.forEach(each -> refuse(each, claimed.obstacle()));
            early = List.of();
            absence.flatMap(UserAbsence::expected)
                    .ifPresentOrElse(this::restore, () -> end(first.profile().account()));
            return;
        }
        ConnectionInfo info = user.connections().next(first);
        user.enter(UserSnapshot.online(first.nick(), first.profile(), info), List.of(first.subscriber()));
        absence.ifPresent(mine -> {
            user.claimForAccount();
            mine.account(first.profile().account());
        });
        Attach attach = early.get(0);
        early = early.subList(1, early.size());
        attach(attach, info);
        attachEarly();
        absence.ifPresent(UserAbsence::rejoinRooms);
    }

    private void attachEarly() {
        List<Attach> waiting = early;
        early = List.of();
        waiting.forEach(this::attach);
    }

    private void refuse(Attach attach, Optional<Nick> obstacle) {
        int most = user.services().settings().connections();
        user.tell(attach.newcomer().connection(), new UserEvent.AttachRefused(attach.number(), obstacle, most));
    }

    private void attach(Attach attach) {
        Optional<Connection> known = user.connections().find(attach.newcomer().connection());
        if (known.isPresent()) { // the first answer was lost
            tellAttached(attach, known.get().info(), user.rooms().current(), Optional.empty());
        } else if (user.connections().size() >= user.services().settings().connections()) {
            refuse(attach, Optional.empty());
        } else {
            attach(attach, user.connections().next(attach.newcomer()));
        }
    }

    private void attach(Attach attach, ConnectionInfo info) {
        Newcomer newcomer = attach.newcomer();
        boolean returns = absence.filter(UserAbsence::isAbsent).isPresent();
        Optional<Instant> absentSince = absence.flatMap(UserAbsence::since);
        Profile profile = user.connections().isEmpty()
                ? newcomer.profile().withGuest(user.snapshot().profile().guest())
                : user.snapshot().profile();
        absence.ifPresent(UserAbsence::connected);
        if (returns) {
            user.rooms().unwatch();
        }
        add(newcomer, info, "");
        user.publishConnections();
        tellAttached(
                attach, info, returns ? user.rooms().missed() : user.rooms().current(), absentSince);
        user.changeProfile(profile.withAway(""), newcomer.connection(), () -> {});
    }

    private void tellAttached(Attach attach, ConnectionInfo info, List<UserRoom> rooms, Optional<Instant> absentSince) {
        user.tell(
                attach.newcomer().connection(),
                new UserEvent.Attached(attach.number(), user.self(), user.snapshot(), info.id(), rooms, absentSince));
    }

    private void add(Newcomer newcomer, ConnectionInfo info, String away) {
        Connection connection = user.connections().add(newcomer, info, away);
        if (absence.isPresent()) { // a guest ends with their connection anyway
            user.context().watch(connection.ref());
        }
    }

    /** Goes on with the connection of a guest who has logged in, whom this actor has just become the owner of. */
    void adopt(Newcomer newcomer) {
        UserSnapshot guest = user.snapshot();
        add(newcomer, guest.connections().get(0), guest.profile().away());
        user.claimant(newcomer.claimant());
        user.claim(guest.nick(), false, claimed -> {}); // as the owner from now on
    }

    // After the end of another actor of the user

    void onResume(UserActor.Resume resume) {
        if (isUnused()) {
            user.enter(
                    resume.user(),
                    resume.connections().stream()
                            .map(each -> each.newcomer().subscriber())
                            .toList());
            user.claimForAccount();
            absence.ifPresent(
                    mine -> mine.resume(resume.user(), resume.connections().isEmpty(), resume.patience()));
        }
        if (user.isOnline()) {
            resume.connections().stream()
                    .filter(each -> user.connections()
                            .find(each.newcomer().connection())
                            .isEmpty())
                    .forEach(each -> {
                        absence.ifPresent(UserAbsence::connected);
                        add(each.newcomer(), each.info(), each.away());
                    });
            user.publishConnections();
        }
    }

    // After a restart of the server

    /** The user was always-on. A connection may have come before. */
    void onRestore(UserActor.Restore restore) {
        absence.ifPresent(mine -> {
            mine.expect(restore.user());
            if (user.isOnline()) {
                mine.rejoinRooms();
            } else if (early.isEmpty()) {
                restore(restore.user());
            }
        });
    }

    private void restore(AlwaysOnUsers.Stored stored) {
        absence.ifPresent(mine -> mine.restore(stored, restored -> {
            if (restored) {
                attachEarly();
            } else {
                startAnew(stored.account());
                mine.settled();
            }
        }));
    }

    private void startAnew(String account) {
        if (early.isEmpty()) {
            end(account);
        } else {
            enter(early.get(0).newcomer());
        }
    }

    // Detaching

    void onDetach(UserActor.Detach detach) {
        user.connections().find(detach.connection()).ifPresent(each -> {
            user.rooms().seen(detach.seen());
            detach(each, detach.how(), detach.text(), detach.mayStay(), detach.at());
        });
    }

    /** The node of a connection has ended. */
    void onLose(UserActor.LoseConnection lose) {
        user.connections()
                .find(lose.connection())
                .ifPresent(each -> detach(
                        each,
                        new UserAbsence.Ending(
                                each.subscriber(), Departure.LOST, "", false, Instant.now(), lose.patience())));
    }

    void detach(Connection connection, Departure how, String text, boolean mayStay, Instant at) {
        detach(connection, new UserAbsence.Ending(connection.subscriber(), how, text, mayStay, at, Duration.ZERO));
    }

    private void detach(Connection connection, UserAbsence.Ending ending) {
        user.context().unwatch(connection.ref());
        user.connections().remove(connection);
        user.publishConnections();
        if (!user.connections().isEmpty()) {
            user.rooms().unsubscribe(connection.subscriber());
            user.updateAway(connection.ref(), () -> {});
        } else if (absence.isPresent()) {
            absence.get().begin(ending);
            settle();
        } else {
            leave(ending.how(), ending.text());
        }
    }

    /** An operator of the server ends the user. */
    void onDisconnect(Disconnect disconnect) {
        absence.ifPresent(UserAbsence::kill);
        if (user.connections().isEmpty()) {
            leave(Departure.QUIT, disconnect.reason());
        } else {
            user.connections().tell(disconnect);
        }
    }

    /** What is stored of the user has the new name already; what is not stored yet follows before they leave. */
    void onAccountRenamed(AccountRenamed renamed) {
        absence.ifPresent(mine -> mine.saveAs(renamed.to(), () -> {
            accountRenamed = Optional.of(renamed.to());
            onDisconnect(new Disconnect(renamed.reason()));
        }));
    }

    /** Does what follows from the last message. */
    void settle() {
        if (!user.isGone()) {
            absence.flatMap(UserAbsence::settle).ifPresent(ending -> leave(ending.how(), ending.text()));
        }
    }

    /**
     * Everybody who monitors the user is told, then the rooms: clients that see the user leave a room do not find them any more. Then
     * the nick is free.
     */
    private void leave(Departure how, String text) {
        UserSnapshot last = user.snapshot();
        user.left();
        user.rooms()
                .tell(new RoomActor.Leave(
                        last.id(), how, text, IdGenerator.process().next()));
        absence.ifPresent(UserAbsence::left);
        end(last.profile().account());
    }

    private void end(String account) {
        user.gone();
        user.releaseNicks();
        if (absence.isPresent()) {
            user.supervisor().tell(new UserSupervisor.Gone(account, user.self()));
            accountRenamed.ifPresent( // their nick is free now
                    to -> user.supervisor().tell(new UserSupervisor.RestoreUser(to.text())));
        }
    }
}
