package io.teahouse.wire.plain;

import io.teahouse.room.RoomName;
import io.teahouse.user.CaseMapping;
import java.util.Optional;

/**
 * How the plain door behaves.
 *
 * @param room where everybody starts; empty: in no room
 * @param chunks true when clients may send no line ends: then a read is a message
 * @param maxLineBytes the longest line, for the message about longer ones
 * @param answerBytes the longest answer: more would not fit into what may wait to be written
 * @param historyLines how many lines of what was said before a newcomer is shown
 * @param caseMapping which names of rooms are the same
 */
public record PlainSettings(
        Optional<RoomName> room,
        boolean chunks,
        int maxLineBytes,
        int answerBytes,
        int historyLines,
        CaseMapping caseMapping) {}
