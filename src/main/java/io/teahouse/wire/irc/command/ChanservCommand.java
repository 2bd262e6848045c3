package io.teahouse.wire.irc.command;

import io.teahouse.client.Outcome;
import io.teahouse.room.Mode;
import io.teahouse.room.ModeChange;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Service;
import io.teahouse.wire.irc.Spec;
import java.util.List;
import java.util.Optional;

/** CHANSERV, and what is said to ChanServ: the commands about channels under the names that people know from other networks. */
final class ChanservCommand extends ServiceCommand {
    private static final Service ME = Service.CHANSERV;
    private static final int COST = 2;

    private static final List<String> HELP = List.of(
            "REGISTER #channel: registers a channel that you are an operator of, as MODE +r does",
            "DROP #channel: ends its registration, as MODE -r does",
            "OP, DEOP, HALFOP, DEHALFOP, VOICE, DEVOICE #channel [nick]: gives and takes ranks, as MODE does",
            "KICK #channel nick [reason]: removes somebody",
            "TOPIC #channel text: sets the topic");

    ChanservCommand(String verb) {
        super(
                ME,
                Spec.of(
                                verb,
                                0,
                                "command",
                                "Says something to ChanServ: REGISTER, DROP, OP, DEOP, VOICE, DEVOICE, KICK, TOPIC, HELP.")
                        .costing(COST),
                HELP);
    }

    @Override
    void run(Call call, String verb, List<String> words) {
        switch (verb) {
            case "REGISTER" -> mode(call, words, true, Mode.REGISTERED);
            case "DROP" -> mode(call, words, false, Mode.REGISTERED);
            case "OP" -> mode(call, words, true, Mode.OPERATOR);
            case "DEOP" -> mode(call, words, false, Mode.OPERATOR);
            case "HALFOP" -> mode(call, words, true, Mode.HALF_OPERATOR);
            case "DEHALFOP" -> mode(call, words, false, Mode.HALF_OPERATOR);
            case "VOICE" -> mode(call, words, true, Mode.VOICE);
            case "DEVOICE" -> mode(call, words, false, Mode.VOICE);
            case "KICK" -> kick(call, words);
            case "TOPIC" ->
                room(call, words)
                        .ifPresent(room -> call.session().rooms().setTopic(room, rest(words, 2), outcome(call)));
            default -> unknown(call, ME);
        }
    }

    private static void mode(Call call, List<String> words, boolean set, Mode mode) {
        room(call, words).ifPresent(room -> {
            String value = mode.kind() != Mode.Kind.RANK
                    ? ""
                    : words.size() > 2 ? words.get(2) : call.me().nick().text();
            call.session().rooms().setModes(room, List.of(new ModeChange(set, mode, value)), outcome(call));
        });
    }

    private static void kick(Call call, List<String> words) {
        if (words.size() < 3) {
            unknown(call, ME);
            return;
        }
        room(call, words)
                .ifPresent(room -> Targets.nick(call, words.get(2))
                        .ifPresent(nick -> call.session().rooms().kick(room, nick, rest(words, 3), outcome(call))));
    }

    /** The channel that is named first, if the client is in it; if not, it has been told so. */
    private static Optional<RoomName> room(Call call, List<String> words) {
        Optional<RoomName> room = words.size() < 2 ? Optional.empty() : call.room(words.get(1));
        if (room.isEmpty()) {
            unknown(call, ME);
        } else if (!call.session().rooms().isIn(room.get())) {
            ME.tell(call, "Join that channel first");
            return Optional.empty();
        }
        return room;
    }

    private static Outcome outcome(Call call) {
        return new Outcome() {
            @Override
            public void refused(RoomReply.Refused refused) {
                ME.tell(call, refused.refusal().text());
            }

            @Override
            public void inDoubt(RoomReply.InDoubt doubt) {
                ME.tell(call, "The store does not answer: it may have been done, or may still be");
            }
        };
    }
}
