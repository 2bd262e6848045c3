package io.teahouse.room;

import io.teahouse.room.PendingEntry.Message;
import io.teahouse.room.PendingEntry.Notice;
import io.teahouse.room.Refusal.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Handles what operators of the server do to a room without being in it. They bypass the room's policy but keep its order: what they
 * do is published and stored like what members do. Belongs to one {@link OpenRoom} and runs in it.
 */
final class OperatorHandler {
    /** How many messages are redacted at a time: few, so that there is room for those of members. */
    private static final int ERASED_AT_A_TIME = 50;

    private final Room room;
    private final RoomContext context;
    private final Moderation moderation;
    private final MemberHandler members;
    private final RenameRequest renames;
    private final PastReader past;
    private final RegistrationSaver saver;
    private final PendingQueue queue;
    private final VisibilitySession sessions;

    OperatorHandler(
            RoomContext context,
            Moderation moderation,
            MemberHandler members,
            RenameRequest renames,
            PastReader past,
            RegistrationSaver saver,
            PendingQueue queue,
            VisibilitySession sessions) {
        this.room = context.room();
        this.context = context;
        this.moderation = moderation;
        this.members = members;
        this.renames = renames;
        this.past = past;
        this.saver = saver;
        this.queue = queue;
        this.sessions = sessions;
    }

    void on(RoomActor.Operate operate) {
        Member by = new Member(
                RoomActor.Identity.of(
                        operate.by(),
                        operate.profile(),
                        true,
                        context.actor().getSystem().ignoreRef()),
                Ranks.OPERATOR,
                context.time().now());
        RoomOperation what = operate.what();
        if (what instanceof RoomOperation.Show) {
            show(operate);
        } else if (what instanceof RoomOperation.SetModes set) {
            setModes(operate, by, set.changes());
        } else if (what instanceof RoomOperation.GiveTo give) {
            give(operate, by, give.account());
        } else if (what instanceof RoomOperation.OwnerRenamed renamed) {
            ownerRenamed(operate, renamed);
        } else if (what instanceof RoomOperation.Rename rename) {
            rename(operate, by, rename);
        } else if (what instanceof RoomOperation.Close close) {
            members.removeAll(by, close.reason());
            done(operate);
        } else if (what instanceof RoomOperation.Erase erase) {
            erase(operate, by, erase);
        }
    }

    private void done(RoomActor.Operate operate) {
        context.reply(operate, new RoomReply.Done(room.name(), operate.number()));
    }

    private void show(RoomActor.Operate operate) {
        context.reply(
                operate,
                new RoomReply.Details(
                        room.name(),
                        operate.number(),
                        room.size(),
                        room.founder(),
                        room.created(),
                        room.seq(),
                        room.topic().text(),
                        room.modes().settings()));
    }

    // Modes and ownership

    /** Values are checked as for members; who owns the room is not a mode here. */
    private void setModes(RoomActor.Operate operate, Member by, List<ModeChange> changes) {
        List<ModeChange> possible = changes.stream()
                .filter(change -> change.mode() != Mode.REGISTERED)
                .toList();
        moderation.setModes(operate, possible, by, Optional.empty());
    }

    private void give(RoomActor.Operate operate, Member by, String account) {
        List<ModeChange> done = new ArrayList<>();
        Map<Member, Ranks> ranked = new LinkedHashMap<>();
        boolean registered = !account.isEmpty();
        room.founder(account);
        moderation
                .apply(
                        new ModeChange(registered, Mode.REGISTERED, ""),
                        by,
                        context.time().now(),
                        ranked)
                .ifPresent(done::add);
        for (Member each : room.all()) {
            if (registered && each.profile().account().equals(account)) {
                moderation
                        .apply(
                                new ModeChange(true, Mode.OPERATOR, each.nick().text()),
                                by,
                                context.time().now(),
                                ranked)
                        .ifPresent(done::add);
            }
        }
        saver.keep();
        if (done.isEmpty()) {
            done(operate);
        } else {
            queue.enqueue(new Notice(
                    Optional.empty(),
                    new RoomEvent.ModesChanged(
                            room.pendingName(),
                            by.nick(),
                            by.profile(),
                            List.copyOf(done),
                            context.time().now()),
                    ranked,
                    Optional.of(operate)));
        }
    }

    private void ownerRenamed(RoomActor.Operate operate, RoomOperation.OwnerRenamed renamed) {
        if (room.founder().equals(renamed.from())) {
            room.founder(renamed.to());
            saver.keep();
        }
        done(operate);
    }

    private void rename(RoomActor.Operate operate, Member by, RoomOperation.Rename rename) {
        if (rename.to().isConversation()
                || room.name().isConversation()
                || room.name().equals(rename.to())) {
            context.refuse(
                    operate, new Refusal(Reason.CANNOT_RENAME, room.name() + " cannot be called " + rename.to()));
        } else {
            renames.ask(operate, Optional.empty(), rename.to(), rename.reason(), by);
        }
    }

    // Messages

    private void erase(RoomActor.Operate operate, Member by, RoomOperation.Erase erase) {
        Predicate<RoomEvent.Recorded> theirs = event -> event instanceof RoomEvent.Said
                && !Tombstone.is(event)
                && !event.at().isBefore(erase.since())
                && !event.at().isAfter(erase.until())
                && isBy(event, erase.user());
        past.collect(ERASED_AT_A_TIME + 1, theirs, found -> erase(operate, by, erase, found));
    }

    private static boolean isBy(RoomEvent.Recorded event, String user) {
        String account = event.profile().account();
        String key = Names.fold(user);
        return account.isEmpty()
                ? event.by().key().equals(key)
                : Names.fold(account).equals(key);
    }

    private void erase(
            RoomActor.Operate operate, Member by, RoomOperation.Erase erase, Optional<RoomLog.Excerpt> found) {
        if (found.isEmpty() || queue.isStoreAway()) {
            context.refuse(operate, PendingQueue.STORE_AWAY);
            return;
        }
        List<RoomEvent.Recorded> events = found.get().events();
        boolean more = events.size() > ERASED_AT_A_TIME;
        List<RoomEvent.Recorded> now = more ? events.subList(0, ERASED_AT_A_TIME) : events;
        RoomReply.Erased answer = new RoomReply.Erased(room.name(), operate.number(), now.size(), more);
        if (now.isEmpty()) {
            context.reply(operate, answer);
        }
        for (int i = 0; i < now.size(); i++) {
            boolean last = i == now.size() - 1;
            RoomActor.Operate asked =
                    last ? operate : operate.withoutReply(context.actor().getSystem());
            Message message = new Message(
                    context.actor().getSystem().ignoreRef(),
                    by.profile().senderId(by.nick()),
                    redaction(now.get(i), by, erase.reason()),
                    sessions.forWhom(),
                    asked);
            message.receipt = last ? Optional.of(answer) : Optional.empty();
            queue.enqueue(message);
        }
    }

    private Message.Draft redaction(RoomEvent.Recorded target, Member by, String reason) {
        return (seq, id, at) -> new RoomEvent.Redacted(
                room.name(), seq, id, at, by.nick(), by.profile(), target.id(), target.seq(), reason, "");
    }
}
