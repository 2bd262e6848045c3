package io.teahouse.wire.irc.command;

import io.teahouse.room.Attributes;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.IrcSettings;
import io.teahouse.wire.irc.Multiline;
import java.util.Optional;

/** Collects multiline messages from clients and sends them (IRCv3 multiline). */
final class MultilineBatches {
    private static final String TYPE = "draft/multiline";

    private MultilineBatches() {}

    static void run(Call call) {
        String id = call.param(0).isEmpty() ? "" : call.param(0).substring(1);
        if (call.param(0).startsWith("+")) {
            open(call, id);
        } else if (call.client()
                .multiline()
                .filter(open -> open.id().equals(id))
                .isPresent()) {
            close(call.afterwards());
        } else {
            invalid(call, "", "There is no such batch");
        }
    }

    /** @param label of the batch; empty for the label of the call */
    private static void invalid(Call call, String label, String why) {
        call.failLabelled(label, "BATCH", "MULTILINE_INVALID", why);
    }

    private static void open(Call call, String id) {
        IrcSettings.MultilineLimits limits = call.server().settings().multiline();
        String label = call.label();
        Optional<Multiline> other = call.client().multiline().filter(open -> !open.hasFailed());
        if (!call.client().has(Capability.MULTILINE)) {
            unknown(call, label, "That needs the capability " + Capability.MULTILINE.text());
        } else if (!call.param(1).equals(TYPE)) {
            unknown(call, label, "No such type of batch");
        } else if (other.isPresent() || call.param(2).isEmpty() || id.isEmpty()) {
            invalid(call, label, "One batch at a time, with an id and a target");
        } else {
            call.client().multiline(Optional.of(new Multiline(id, call.param(2), call.message(), label, limits)));
            return;
        }
        other.ifPresentOrElse(
                Multiline::fail,
                () -> call.client().multiline(Optional.of(Multiline.refused(id, call.message(), limits))));
    }

    private static void unknown(Call call, String label, String why) {
        call.failLabelled(label, "BATCH", "UNKNOWN_TYPE", why, call.param(1).isEmpty() ? "*" : call.param(1));
    }

    /** Adds a line to the open batch. A problem with a line is the reply to the whole batch, and carries its label. */
    static void add(Call call, Kind kind) {
        Optional<Multiline> open = call.client().multiline();
        String id = call.message().tag("batch");
        if (open.isEmpty() || !open.get().id().equals(id)) {
            open.ifPresent(Multiline::fail);
            invalid(call, open.map(Multiline::answered).orElse(""), "That line belongs to no open batch");
            return;
        }
        open.get().add(kind, call.message()).ifPresent(problem -> {
            String[] context = problem.context().isEmpty()
                    ? new String[0]
                    : problem.context().split(" ", -1);
            call.failLabelled(open.get().answered(), "BATCH", problem.code(), problem.text(), context);
        });
    }

    private static void close(Call call) {
        Multiline whole = call.client().multiline().orElseThrow();
        call.client().multiline(Optional.empty());
        if (whole.hasFailed()) {
            if (!whole.label().isEmpty()) {
                invalid(call, "", "It was aborted, because another batch began within it");
            }
            return;
        } else if (whole.text().isBlank()) {
            invalid(call, "", "The batch is empty");
            return;
        }
        boolean action = MessageSender.isAction(whole.kind(), whole.text());
        // the text of an action is cut to size later, so the offsets of its breaks would be wrong
        Attributes attributes = action ? whole.opening().clientAttributes() : whole.attributes();
        for (MessageSender.Target target :
                MessageSender.targets(call, whole.kind(), Targets.each(call, whole.target()))) {
            String id = MessageSender.id(whole.opening());
            MessageSender.say(
                    call, target, MessageSender.words(whole.kind(), whole.text(), attributes, target.audience(), id));
        }
    }
}
