package io.teahouse.wire.irc.command;

import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Channels;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.Spec;
import java.util.Optional;

/** TOPIC (RFC 2812 §3.2.4). */
final class TopicCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of("TOPIC", 1, "#channel [:topic]", "Shows or sets the topic of a channel.")
            .costing(2);

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public void run(Call call) {
        String channel = call.param(0);
        if (call.has(1)) {
            Channels.entered(call, channel)
                    .ifPresent(room -> call.session()
                            .rooms()
                            .setTopic(
                                    room,
                                    IrcText.cut(
                                            call.param(1),
                                            call.server().limits().topic()),
                                    call.outcome(SPEC.verb())));
        } else {
            Channels.named(call, channel)
                    .ifPresent(room -> Channels.describe(
                            call, room, Optional.empty(), found -> Channels.topic(call, room, found.topic(), true)));
        }
    }
}
