package io.teahouse.room;

import io.teahouse.room.Refusal.Reason;
import io.teahouse.room.RoomEvent.Kind;
import io.teahouse.room.support.Digits;
import java.time.Instant;
import java.util.Optional;

/** The rules of IRC channels (RFC 2811 §4), within the limits of the settings. */
public record StandardPolicy(RoomSettings settings) implements RoomPolicy {
    private static final int LONGEST_KEY = 32;
    private static final int LONGEST_MASK = 250;
    /** In memory; far more than any program needs. */
    private static final int MOST_ATTRIBUTE_BYTES = 64 * 1024;

    @Override
    public Optional<Refusal> join(Room room, Nick nick, Profile profile, String key, boolean serverOperator) {
        Modes modes = room.modes();
        Optional<Invitation> asked = modes.invitations().find(profile);
        boolean owns = !room.founder().isEmpty() && room.founder().equals(profile.account());
        if (room.size() >= settings.limits().maxMembers()) {
            return refuse(
                    Reason.ROOM_FULL, "the room is full (" + settings.limits().maxMembers() + " members)");
        } else if (owns || (serverOperator && room.isOfficial())) { // nobody else could open it again
            return free(room, nick);
        } else if (modes.isBarred(nick, profile, asked.map(Invitation::at).orElse(Instant.MIN))) {
            return refuse(Reason.BANNED, "you are banned from " + room.name());
        } else if (modes.has(Mode.INVITE_ONLY) && !modes.isInvited(nick, profile)) {
            return refuse(Reason.INVITE_ONLY, "only who is invited may come into " + room.name());
        } else if (!modes.key().isEmpty() && !modes.key().equals(key)) {
            return refuse(Reason.BAD_KEY, room.name() + " is locked with another key");
        } else if (asked.isEmpty() && modes.limit() > 0 && room.size() >= modes.limit()) {
            return refuse(Reason.ROOM_FULL, "the room is full (" + modes.limit() + " members)");
        }
        return free(room, nick);
    }

    @Override
    public Optional<Refusal> say(Room room, Member by, OutgoingMessage message) {
        if (message.text().isEmpty() && message.kind() != Kind.SIGNAL) {
            return refuse(Reason.EMPTY, "there is nothing to say");
        } else if (message.query() && room.modes().has(Mode.NO_QUERIES)) {
            return refuse(Reason.NO_QUERIES, "queries to programs are not let through in " + room.name());
        }
        return speak(room, by).or(() -> fits(message.text())).or(() -> fits(message.attributes()));
    }

    @Override
    public Optional<Refusal> signal(Room room, Member by, Attributes attributes) {
        return speak(room, by).or(() -> fits(attributes));
    }

    @Override
    public Optional<Refusal> speak(Room room, Member by) {
        if (ranks(room, by).mayAlwaysSpeak()) {
            return Optional.empty();
        } else if (room.modes().has(Mode.NO_OUTSIDE) && !room.isMember(by)) {
            return refuse(Reason.NO_OUTSIDE, "only who is in " + room.name() + " may speak there");
        } else if (room.modes().has(Mode.MODERATED)) {
            return refuse(Reason.MODERATED, "only who has voice may speak in " + room.name());
        } else if (by.isSilenced(room.modes())) {
            return refuse(Reason.MUTED, "you may not speak in " + room.name());
        }
        return Optional.empty();
    }

    /** Everybody reads the topic, so a user who may not speak may not set it. */
    @Override
    public Optional<Refusal> setTopic(Room room, Member member, String text) {
        return room.modes().has(Mode.TOPIC_LOCKED) && !ranks(room, member).mayModerate()
                ? refuse(Reason.NOT_OPERATOR, "only an operator of the room may set its topic")
                : speak(room, member).or(() -> fits(text));
    }

    /** Authors may redact their own messages; operators also those of others, as far as ranks reach back. */
    @Override
    public Optional<Refusal> redact(Room room, Member member, RoomEvent.Recorded target) {
        boolean mayModerate = ranks(room, member).mayModerate() && !room.name().isConversation();
        return member.isAuthor(target) || (mayModerate && (target.seq() > room.past() || serves(room, member)))
                ? Optional.empty()
                : refuse(Reason.NOT_AUTHOR, "that was said by somebody else", target.id());
    }

    @Override
    public Optional<Refusal> rename(Room room, Member member, Nick to) {
        return member.nick().sameAs(to) ? Optional.empty() : free(room, to);
    }

    @Override
    public Optional<Refusal> renameRoom(Room room, Member by, RoomName to) {
        if (!ranks(room, by).operator()) {
            return refuse(Reason.NOT_OPERATOR, "only an operator of the room may rename it");
        } else if (to.isConversation() || room.name().equals(to)) {
            return refuse(Reason.CANNOT_RENAME, room.name() + " cannot be called " + to);
        } else if (serves(room, by) || room.name().key().equals(to.key())) {
            return Optional.empty();
        } else if (room.isOfficial() || settings.rules().official().test(to)) {
            return refuse(Reason.CANNOT_RENAME, "only operators of the server may give that name");
        } else if (room.past() > 0) { // their rename would move that history
            return refuse(
                    Reason.CANNOT_RENAME,
                    "in " + room.name() + " there are messages of others from before: it keeps its name");
        }
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> kick(Room room, Member by, Member target) {
        boolean may = ranks(room, by).operator()
                || (ranks(room, by).halfOperator() && !target.ranks().mayModerate());
        return may ? Optional.empty() : refuse(Reason.NOT_OPERATOR, "only an operator of the room may kick");
    }

    @Override
    public Optional<Refusal> invite(Room room, Member by, Nick target) {
        if (room.named(target).isPresent()) {
            return refuse(Reason.ALREADY_MEMBER, target + " is in the room already", target.text());
        }
        Invitations open = room.modes().invitations();
        if (!admitsByInvitation(room, by)) {
            return room.modes().has(Mode.INVITE_ONLY)
                    ? refuse(Reason.NOT_OPERATOR, "only an operator of the room may invite")
                    : Optional.empty();
        }
        boolean full = open.count() >= settings.limits().maxListed()
                || open.countOf(by.profile().id()) >= settings.invitations().perInviter();
        return full
                ? refuse(Reason.LIST_FULL, "the room has as many open invitations as it may have: try again later", "I")
                : Optional.empty();
    }

    @Override
    public boolean admitsByInvitation(Room room, Member by) {
        return ranks(room, by).mayModerate();
    }

    @Override
    public Optional<Refusal> setMode(Room room, Member by, ModeChange change) {
        if (change.mode() == Mode.REGISTERED) {
            return register(room, by, change);
        }
        boolean may = ranks(room, by).operator()
                || (ranks(room, by).halfOperator()
                        && change.mode() != Mode.OPERATOR
                        && change.mode() != Mode.HALF_OPERATOR);
        boolean ownRankGivenUp = change.mode().kind() == Mode.Kind.RANK
                && !change.set()
                && room.byName(change.value()).filter(by::equals).isPresent();
        if (!may && !ownRankGivenUp) {
            return refuse(Reason.NOT_OPERATOR, "only an operator of the room may do that");
        }
        return value(room, change);
    }

    @Override
    public Optional<Refusal> setMetadata(Room room, Member by, String key) {
        if (!ranks(room, by).operator()) {
            return refuse(Reason.NOT_OPERATOR, "only an operator of the room may note something about it");
        }
        boolean one = !key.isEmpty() && !room.metadata().containsKey(key);
        return one && (room.metadata().size() >= settings.limits().metadataKeys() || room.isMetadataFull())
                ? refuse(Reason.LIST_FULL, "as much is noted as may be")
                : Optional.empty();
    }

    /** An operator may register a room, and only its founder may unregister it. */
    private static Optional<Refusal> register(Room room, Member by, ModeChange change) {
        String account = by.profile().account();
        if (room.isOfficial() && !serves(room, by)) {
            return refuse(Reason.NOT_OPERATOR, "only operators of the server may register this room");
        } else if (room.isOfficial() && !(change.set() && account.isEmpty())) {
            return Optional.empty();
        } else if (account.isEmpty()) {
            return refuse(Reason.NO_ACCOUNT, "only who is logged in to an account may register a room");
        } else if (room.founder().isEmpty()) {
            return !change.set() || ranks(room, by).operator()
                    ? Optional.empty()
                    : refuse(Reason.NOT_OPERATOR, "only an operator of the room may register it");
        }
        return room.founder().equals(account)
                ? Optional.empty()
                : Optional.of(new Refusal(Reason.NOT_OWNER, "the room belongs to " + room.founder(), room.founder()));
    }

    private Optional<Refusal> value(Room room, ModeChange change) {
        String value = change.value();
        return switch (change.mode().kind()) {
            case FLAG -> Optional.empty();
            case KEY ->
                !change.set() || isWord(value, LONGEST_KEY)
                        ? Optional.empty()
                        : bad(change, "a key is 1 to " + LONGEST_KEY + " characters without spaces or commas");
            case LIMIT ->
                !change.set() || Digits.parsePositive(value).isPresent()
                        ? Optional.empty()
                        : bad(change, "a limit is a number of 1 or more");
            case LIST -> mask(room, change);
            case RANK ->
                room.byName(value).isPresent()
                        ? Optional.empty()
                        : refuse(Reason.NO_SUCH_MEMBER, value + " is not in the room", value);
        };
    }

    private Optional<Refusal> mask(Room room, ModeChange change) {
        boolean full = room.modes().size(change.mode()) >= settings.limits().maxListed()
                || room.modes().isFullWith(change.value());
        if (change.set() && full) {
            return refuse(Reason.LIST_FULL, "the list is full", change.mode().letter() + " " + change.value());
        }
        if (change.value().length() > LONGEST_MASK) {
            return bad(change, "a mask has at most " + LONGEST_MASK + " characters");
        }
        boolean is = isWord(change.value(), LONGEST_MASK) && (!change.set() || Mask.isAboutSomebody(change.value()));
        return is ? Optional.empty() : bad(change, "that is no mask");
    }

    private static boolean isWord(String value, int longest) {
        return !value.isEmpty()
                && value.length() <= longest
                && value.charAt(0) != ':'
                && value.chars().noneMatch(c -> c <= ' ' || c == ',' || c == 0x7F);
    }

    private static Optional<Refusal> bad(ModeChange change, String text) {
        return refuse(Reason.BAD_VALUE, text, change.mode().letter() + " " + change.value());
    }

    private Optional<Refusal> fits(String text) {
        if (text.length() <= settings.limits().maxText()) {
            return Optional.empty();
        }
        return refuse(Reason.TOO_LONG, "that is too long (" + settings.limits().maxText() + " characters at most)");
    }

    private static Optional<Refusal> fits(Attributes attributes) {
        return attributes.bytes() <= MOST_ATTRIBUTE_BYTES
                ? Optional.empty()
                : refuse(Reason.TOO_LONG, "too much is attached to that");
    }

    /** An operator of the server is also operator of its official rooms. */
    private static Ranks ranks(Room room, Member member) {
        return serves(room, member) ? Ranks.OPERATOR : member.ranks();
    }

    private static boolean serves(Room room, Member member) {
        return member.isServerOperator() && room.isOfficial();
    }

    private static Optional<Refusal> free(Room room, Nick nick) {
        return room.named(nick).isEmpty()
                ? Optional.empty()
                : refuse(Reason.NICK_IN_USE, nick + " is already in the room");
    }

    private static Optional<Refusal> refuse(Reason reason, String text) {
        return refuse(reason, text, "");
    }

    private static Optional<Refusal> refuse(Reason reason, String text, String about) {
        return Optional.of(new Refusal(reason, text, about));
    }
}
