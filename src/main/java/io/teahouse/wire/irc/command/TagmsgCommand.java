package io.teahouse.wire.irc.command;

import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.Numeric;
import io.teahouse.wire.irc.Spec;

/** TAGMSG (IRCv3 message-tags). */
final class TagmsgCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("TAGMSG", 1, "target[,target]", "Sends tags without text, for programs.");

    /** Asks for the tags to be stored like a message, as for a reaction. */
    private static final String PERSIST = "+draft/persist";

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public boolean isMessage() {
        return true;
    }

    @Override
    public void run(Call call) {
        if (Targets.of(call.param(0)).isEmpty()) {
            call.reply(Numeric.ERR_NORECIPIENT, "No recipient given (TAGMSG)");
        }
        for (MessageSender.Target target : MessageSender.targets(call, Kind.SIGNAL, Targets.each(call, 0))) {
            if (call.message().tags().containsKey(PERSIST)) {
                MessageSender.say(
                        call, target, MessageSender.words(Kind.SIGNAL, "", call.message(), target.audience()));
                continue;
            }
            OutgoingMessage words = MessageSender.words(Kind.NOTICE, "", call.message(), target.audience());
            if (target.room().isPresent()) {
                call.session().rooms().signal(target.room().get(), words, call.outcome(SPEC.verb()));
            } else {
                call.person(target.name())
                        .ifPresent(person -> call.session().rooms().signal(person, words, call.outcome(SPEC.verb())));
            }
        }
    }
}
