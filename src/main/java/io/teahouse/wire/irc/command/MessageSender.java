package io.teahouse.wire.irc.command;

import io.teahouse.room.Attributes;
import io.teahouse.room.Audience;
import io.teahouse.room.OutgoingMessage;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomName;
import io.teahouse.user.UserSnapshot;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.IrcMessage;
import io.teahouse.wire.irc.IrcText;
import io.teahouse.wire.irc.LineLimits;
import io.teahouse.wire.irc.Numeric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sends messages for PRIVMSG, NOTICE and TAGMSG to channels and users (RFC 2812 §3.3). */
final class MessageSender {
    private static final String CTCP = "\u0001";
    private static final String ACTION = CTCP + "ACTION ";
    private static final String CLIENT_ID = "+teahouse/id";

    /**
     * One target of a message.
     *
     * @param name as the client wrote it
     * @param room the room, if the target is a channel
     * @param audience which members of the room receive it
     */
    record Target(String name, Optional<RoomName> room, Audience audience) {}

    private MessageSender() {}

    static void run(Call call, Kind kind) {
        if (call.message().tags().containsKey("batch")) {
            MultilineBatches.add(call, kind);
        } else if (Targets.of(call.param(0)).isEmpty()) {
            complain(call, kind, Numeric.ERR_NORECIPIENT, "No recipient given (" + verb(kind) + ")");
        } else if (call.param(1).isEmpty()) {
            complain(call, kind, Numeric.ERR_NOTEXTTOSEND);
        } else {
            List<Target> targets = targets(call, kind, Targets.each(call, 0));
            String text = call.param(1);
            if (IrcText.size(text) > left(call, kind, targets)) {
                call.reply(Numeric.ERR_INPUTTOOLONG);
                return;
            }
            for (Target target : targets) {
                say(call, target, words(kind, text, call.message(), target.audience()));
            }
        }
    }

    private static String verb(Kind kind) {
        return switch (kind) {
            case MESSAGE, ACTION -> "PRIVMSG";
            case NOTICE -> "NOTICE";
            case SIGNAL -> "TAGMSG";
        };
    }

    /** Sends an error, except for a notice, which is never answered (RFC 2812 §3.3.2). */
    private static void complain(Call call, Kind kind, Numeric numeric, String... params) {
        if (kind != Kind.NOTICE) {
            call.reply(numeric, params);
        }
    }

    /** Parses target names, up to the limit. Every message comes by here: loops, no streams. */
    static List<Target> targets(Call call, Kind kind, List<String> names) {
        if (names.size() > LineLimits.TARGETS) {
            complain(call, kind, Numeric.ERR_TOOMANYTARGETS, names.get(LineLimits.TARGETS));
        }
        int count = Math.min(names.size(), LineLimits.TARGETS);
        List<Target> targets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            targets.add(target(call, names.get(i)));
        }
        return targets;
    }

    private static Target target(Call call, String name) {
        Audience audience = audience(name.charAt(0));
        String rest = audience == Audience.ALL ? name : name.substring(1);
        return new Target(name, call.room(rest), audience);
    }

    /** The prefixes of a channel for messages to members of a certain rank (STATUSMSG). */
    private static Audience audience(char mark) {
        return switch (mark) {
            case '@' -> Audience.OPERATORS;
            case '%' -> Audience.HALF_OPERATORS;
            case '+' -> Audience.VOICED;
            default -> Audience.ALL;
        };
    }

    static void say(Call call, Target target, OutgoingMessage words) {
        if (target.room().isPresent()) {
            call.session().rooms().say(target.room().get(), words, call.outcome(verb(words.kind())));
        } else if (target.name().contains("#")) {
            complain(call, words.kind(), Numeric.ERR_NOSUCHCHANNEL, target.name());
        } else {
            whisper(call, target.name(), words);
        }
    }

    private static void whisper(Call call, String name, OutgoingMessage words) {
        Optional<UserSnapshot> to = call.session().queries().users().find(name);
        if (to.isEmpty()) {
            complain(call, words.kind(), Numeric.ERR_NOSUCHNICK, name);
            return;
        }
        String away = to.get().profile().away();
        call.session().rooms().whisper(to.get(), words, call.outcome(verb(words.kind())));
        if (!away.isEmpty()) {
            complain(call, words.kind(), Numeric.RPL_AWAY, to.get().nick().text(), away);
        }
    }

    /** How many bytes of text fit into the line that recipients get (modern.ircdocs.horse, "PRIVMSG"). */
    private static int left(Call call, Kind kind, List<Target> targets) {
        int left = targets.isEmpty() ? 0 : Integer.MAX_VALUE;
        for (Target target : targets) {
            left = Math.min(left, call.leftAsOwn(verb(kind), target.name()));
        }
        return left;
    }

    /** A message with the tags and the client id of {@code message}. */
    static OutgoingMessage words(Kind kind, String text, IrcMessage message, Audience audience) {
        return words(kind, text, message.clientAttributes(), audience, id(message));
    }

    static OutgoingMessage words(Kind kind, String text, Attributes attributes, Audience audience, String id) {
        if (!isAction(kind, text)) {
            return new OutgoingMessage(kind, text, attributes, audience, id, text.startsWith(CTCP));
        }
        int end = text.endsWith(CTCP) ? text.length() - 1 : text.length();
        return new OutgoingMessage(Kind.ACTION, text.substring(ACTION.length(), end), attributes, audience, id, false);
    }

    /** Whether a text is a CTCP ACTION as a whole, on one line. The delimiter at its end may be missing. */
    static boolean isAction(Kind kind, String text) {
        int end = text.indexOf(CTCP, 1);
        return kind == Kind.MESSAGE
                && text.startsWith(ACTION)
                && (end < 0 || end == text.length() - 1)
                && text.indexOf('\n') < 0;
    }

    /** The client id, by which the room recognises a retry. */
    static String id(IrcMessage message) {
        return message.tag(CLIENT_ID);
    }
}
