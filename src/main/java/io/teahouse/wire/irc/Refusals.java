package io.teahouse.wire.irc;

import io.teahouse.client.Outcome;
import io.teahouse.client.Session;
import io.teahouse.room.Refusal;
import io.teahouse.room.RoomEvent;
import io.teahouse.room.RoomName;
import io.teahouse.room.RoomReply;
import java.util.Optional;
import java.util.Set;

/**
 * Replies to one command that a room has refused, with the numeric or standard reply for each reason, or has not
 * decided.
 */
final class Refusals implements Outcome {
    private static final Set<String> SPEAKING = Set.of("PRIVMSG", "NOTICE", "TAGMSG");

    private final Session session;
    private final IrcServer server;
    private final IrcClient client;
    private final Output out;
    private final String verb;

    /** The new name in a RENAME. */
    private final Optional<RoomName> newName;

    /** @param verb of the command */
    Refusals(Session session, IrcServer server, IrcClient client, Output out, String verb, Optional<RoomName> newName) {
        this.session = session;
        this.server = server;
        this.client = client;
        this.out = out;
        this.verb = verb;
        this.newName = newName;
    }

    private Call call() {
        return new Call(IrcMessage.NONE, server, client, session, out);
    }

    /** A notice is never answered (RFC 2812 §3.3.2). */
    @Override
    public void refused(RoomReply.Refused refused) {
        if (!verb.equals("NOTICE") || isToldByStandardReply(refused)) {
            reply(call(), refused.refusal(), Conversations.target(session, refused.room()));
        }
    }

    /** A standard reply is not a message, so two programs cannot answer each other without end. */
    private boolean isToldByStandardReply(RoomReply.Refused refused) {
        return isStores(refused.refusal()) && client.has(Capability.STANDARD_REPLIES);
    }

    @Override
    public void inDoubt(RoomReply.InDoubt doubt) {
        String what = newName.isPresent() ? "the new name" : "your message";
        String text = "It is not known whether " + what + " was stored: if it was, it will be shown";
        String target = Conversations.target(session, doubt.room());
        call().say("NOTE", verb, "IN_DOUBT", target, text);
    }

    /** A retry: the original message is the receipt, with its id and time. */
    @Override
    public void repeated(RoomReply.Repeated repeated) {
        echo(repeated.original());
    }

    @Override
    public void shown(RoomReply.Shown shown) {
        echo(shown.event());
    }

    private void echo(RoomEvent event) {
        if (client.has(Capability.ECHO_MESSAGE)) {
            String target = Conversations.target(session, event.room());
            event.accept(new EventWriter(client.capabilities(), target, (unit, own) -> out.reply(unit)));
        }
    }

    /** Whether the reason is the store, not the request itself. */
    private static boolean isStores(Refusal why) {
        return switch (why.reason()) {
            case BUSY, NOT_STORED, STORE_AWAY -> true;
            default -> false;
        };
    }

    private void notStored(Call call, Refusal why, String target) {
        if (client.has(Capability.STANDARD_REPLIES) || verb.equals("REDACT")) {
            call.failAs(verb, "NOT_STORED", why.text(), target);
        } else {
            cannotSend(call, target, why.text());
        }
    }

    /** Whether a numeric exists for it even if it is about the name of a channel. */
    private static boolean isNumeric(Refusal why) {
        return switch (why.reason()) {
            case NOT_A_MEMBER, NOT_OPERATOR, NO_SUCH_ROOM -> true;
            default -> false;
        };
    }

    private void reply(Call call, Refusal why, String target) {
        if (newName.isPresent() && !isNumeric(why)) {
            boolean inUse = why.reason() == Refusal.Reason.ROOM_NAME_IN_USE;
            String code = inUse ? "CHANNEL_NAME_IN_USE" : "CANNOT_RENAME";
            call.failAs(verb, code, why.text(), target, IrcServer.channel(newName.get()));
            return;
        }
        switch (why.reason()) {
            case NOT_A_MEMBER -> {
                if (verb.equals("REDACT")) {
                    call.failAs("REDACT", "INVALID_TARGET", "You are not there", target);
                } else if (SPEAKING.contains(verb)) {
                    call.reply(Numeric.ERR_CANNOTSENDTOCHAN, target, "Cannot send to channel");
                } else {
                    call.reply(Numeric.ERR_NOTONCHANNEL, target);
                }
            }
            case NOT_OPERATOR -> call.reply(Numeric.ERR_CHANOPRIVSNEEDED, target);
            case NO_SUCH_MEMBER -> noSuchMember(call, why.about(), target);
            case NICK_IN_USE ->
                call.reply(Numeric.ERR_NICKNAMEINUSE, call.nick(), "Somebody in " + target + " has that name");
            case ROOM_FULL -> call.reply(Numeric.ERR_CHANNELISFULL, target);
            case EMPTY -> call.reply(Numeric.ERR_NOTEXTTOSEND);
            case TOO_LONG -> call.reply(Numeric.ERR_INPUTTOOLONG);
            case TOO_MANY_ROOMS -> call.reply(Numeric.ERR_TOOMANYCHANNELS, target);
            case NO_SUCH_ROOM -> call.reply(Numeric.ERR_NOSUCHCHANNEL, target);
            case BANNED -> call.reply(Numeric.ERR_BANNEDFROMCHAN, target);
            case INVITE_ONLY -> call.reply(Numeric.ERR_INVITEONLYCHAN, target);
            case BAD_KEY -> call.reply(Numeric.ERR_BADCHANNELKEY, target);
            case MUTED -> cannotSend(call, target, "you are muted");
            case MODERATED -> cannotSend(call, target, "+m");
            case NO_OUTSIDE -> cannotSend(call, target, "+n");
            case NO_QUERIES -> cannotSend(call, target, "+C");
            case BUSY, NOT_STORED, STORE_AWAY -> notStored(call, why, target);
            case ROOM_NAME_IN_USE, CANNOT_RENAME -> {
                if (SPEAKING.contains(verb)) {
                    cannotSend(call, target, why.text());
                } else {
                    call.replyText(Numeric.ERR_NOSUCHCHANNEL, why.text(), target);
                }
            }
            case NO_SUCH_MESSAGE -> call.failAs("REDACT", "UNKNOWN_MSGID", why.text(), target, why.about());
            case NOT_AUTHOR -> call.failAs("REDACT", "REDACT_FORBIDDEN", why.text(), target, why.about());
            case NO_ACCOUNT ->
                call.replyText(
                        Numeric.ERR_CHANOPRIVSNEEDED,
                        "Only users who are logged in to an account may register it",
                        target);
            case TOO_MANY_REGISTERED -> call.replyText(Numeric.ERR_CHANOPRIVSNEEDED, why.text(), target);
            case NOT_OWNER -> call.replyText(Numeric.ERR_CHANOPRIVSNEEDED, "It belongs to " + why.about(), target);
            case ALREADY_MEMBER -> call.reply(Numeric.ERR_USERONCHANNEL, why.about(), target);
            case BAD_VALUE -> badValue(call, why, target);
            case LIST_FULL ->
                call.reply(Numeric.ERR_BANLISTFULL, target, why.about().substring(0, 1));
        }
    }

    private void noSuchMember(Call call, String name, String target) {
        if (SPEAKING.contains(verb)
                || call.session().queries().users().find(name).isEmpty()) {
            call.reply(Numeric.ERR_NOSUCHNICK, name);
        } else {
            call.reply(Numeric.ERR_USERNOTINCHANNEL, name, target);
        }
    }

    private static void cannotSend(Call call, String target, String why) {
        call.reply(Numeric.ERR_CANNOTSENDTOCHAN, target, "Cannot send to channel (" + why + ")");
    }

    /** Leaves out the value of a rejected channel key: it stays secret. */
    private static void badValue(Call call, Refusal why, String target) {
        String letter = why.about().substring(0, 1);
        String value = letter.equals("k") || why.about().length() < 3
                ? "*"
                : why.about().substring(2);
        call.reply(Numeric.ERR_INVALIDMODEPARAM, target, letter, value, why.text());
    }
}
