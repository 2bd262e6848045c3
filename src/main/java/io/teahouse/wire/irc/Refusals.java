package io.teahouse.wire.irc;

import io.teahouse.room.Refusal;
import io.teahouse.room.RoomActor;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.RoomReply;
import java.util.Map;

/** Replies to requests that a room has refused, with the numeric or standard reply for each reason. */
public final class Refusals {
    /** By which command something is asked, other than what is said. */
    private static final Map<Class<? extends RoomActor.Asking>, String> VERBS = Map.of(
            RoomActor.Join.class, "JOIN",
            RoomActor.Invite.class, "INVITE",
            RoomActor.Kick.class, "KICK",
            RoomActor.SetModes.class, "MODE",
            RoomActor.SetTopic.class, "TOPIC",
            RoomActor.Redact.class, "REDACT",
            RoomActor.RenameRoom.class, "RENAME",
            RoomActor.SetMetadata.class, "METADATA",
            RoomActor.ClearMetadata.class, "METADATA",
            RoomActor.Signal.class, "TAGMSG");

    private Refusals() {}

    /** Says it; of notices, nothing is ever said (RFC 2812 §3.3.2). */
    public static void reply(Call call, RoomReply.Refused refused) {
        if (!isNotice(refused.asked()) || isToldByStandardReply(call, refused)) {
            String target = Conversations.target(call.session(), refused.room());
            reply(call, refused.asked(), refused.refusal(), target);
        }
    }

    /** Such a reply is no message, so no two programs can go on answering each other. */
    private static boolean isToldByStandardReply(Call call, RoomReply.Refused refused) {
        return isStores(refused.refusal()) && call.client().has(Capability.STANDARD_REPLIES);
    }

    /** True if it is not for what was asked, but because it could not be stored. */
    private static boolean isStores(Refusal why) {
        return switch (why.reason()) {
            case BUSY, NOT_STORED, STORE_AWAY -> true;
            default -> false;
        };
    }

    /** The command by which that was asked. */
    static String verb(RoomActor.Asking asked) {
        return VERBS.getOrDefault(
                asked.getClass(), isNotice(asked) ? "NOTICE" : isSaid(asked, Kind.SIGNAL) ? "TAGMSG" : "PRIVMSG");
    }

    private static void notStored(Call call, RoomActor.Asking asked, Refusal why, String target) {
        if (call.client().has(Capability.STANDARD_REPLIES) || asked instanceof RoomActor.Redact) {
            call.failAs(verb(asked), "NOT_STORED", why.text(), target);
        } else {
            cannotSend(call, target, why.text());
        }
    }

    private static boolean isNotice(RoomActor.Asking asked) {
        return isSaid(asked, Kind.NOTICE);
    }

    private static boolean isSaid(RoomActor.Asking asked, Kind as) {
        return asked instanceof RoomActor.Saying saying && saying.message().kind() == as;
    }

    private static boolean isSpeaking(RoomActor.Asking asked) {
        return asked instanceof RoomActor.Saying || asked instanceof RoomActor.Signal;
    }

    /** Whether the reason has a numeric even for RENAME, which otherwise uses standard replies. */
    private static boolean isNumeric(Refusal why) {
        return switch (why.reason()) {
            case NOT_A_MEMBER, NOT_OPERATOR, NO_SUCH_ROOM -> true;
            default -> false;
        };
    }

    private static void reply(Call call, RoomActor.Asking asked, Refusal why, String target) {
        if (asked instanceof RoomActor.RenameRoom rename && !isNumeric(why)) {
            boolean inUse = why.reason() == Refusal.Reason.ROOM_NAME_IN_USE;
            String code = inUse ? "CHANNEL_NAME_IN_USE" : "CANNOT_RENAME";
            call.failAs("RENAME", code, why.text(), target, IrcServer.channel(rename.to()));
            return;
        }
        switch (why.reason()) {
            case NOT_A_MEMBER -> {
                if (asked instanceof RoomActor.Redact) {
                    call.failAs("REDACT", "INVALID_TARGET", "You are not there", target);
                } else if (isSpeaking(asked)) {
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
            case BUSY, NOT_STORED, STORE_AWAY -> notStored(call, asked, why, target);
            case ROOM_NAME_IN_USE, CANNOT_RENAME -> {
                if (isSpeaking(asked)) {
                    cannotSend(call, target, why.text());
                } else {
                    call.replyText(Numeric.ERR_NOSUCHCHANNEL, why.text(), target);
                }
            }
            case NO_SUCH_MESSAGE -> call.failAs("REDACT", "UNKNOWN_MSGID", why.text(), target, why.about());
            case NOT_AUTHOR -> call.failAs("REDACT", "REDACT_FORBIDDEN", why.text(), target, why.about());
            case NO_ACCOUNT ->
                call.replyText(
                        Numeric.ERR_CHANOPRIVSNEEDED, "Only who is logged in to an account may register it", target);
            case TOO_MANY_REGISTERED -> call.replyText(Numeric.ERR_CHANOPRIVSNEEDED, why.text(), target);
            case NOT_OWNER -> call.replyText(Numeric.ERR_CHANOPRIVSNEEDED, "It belongs to " + why.about(), target);
            case ALREADY_MEMBER -> call.reply(Numeric.ERR_USERONCHANNEL, why.about(), target);
            case BAD_VALUE -> badValue(call, why, target);
            case LIST_FULL ->
                call.reply(Numeric.ERR_BANLISTFULL, target, why.about().substring(0, 1));
        }
    }

    private static void noSuchMember(Call call, String name, String target) {
        if (call.session().users().find(name).isEmpty()) {
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
