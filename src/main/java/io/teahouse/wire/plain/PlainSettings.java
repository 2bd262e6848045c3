package io.teahouse.wire.plain;

import io.teahouse.room.RoomName;
import io.teahouse.user.CaseMapping;
import java.util.Optional;

/**
 * The settings of the plain door.
 *
 * @param room the room that users join first; empty for none
 * @param chunks whether clients may omit line ends; then each read is a message
 * @param maxLineBytes the longest line, named in the error about longer ones
 * @param answerBytes the longest reply in bytes, so that it fits into the send queue
 * @param historyLines how many earlier messages are shown after a join
 * @param caseMapping decides which room names are equal
 */
public record PlainSettings(
        Optional<RoomName> room,
        boolean chunks,
        int maxLineBytes,
        int answerBytes,
        int historyLines,
        CaseMapping caseMapping) {}
