package io.teahouse.tool.crash;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A made-up run: one room, what ann and bob sent, what is stored, and what was shown to whom. */
final class Case {
    static final String ROOM = "tea";
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final List<SentMessage> said = new ArrayList<>();
    private final List<ShownMessage> stored = new ArrayList<>();
    private final List<Transcript> transcripts = new ArrayList<>();

    /** The message with that id as everybody should see it: {@code ann-3} is by ann, stored at second 3. */
    static ShownMessage message(String id) {
        String[] parts = id.split("-", -1);
        return shown(id, parts[0], "m" + parts[1], Integer.parseInt(parts[1]));
    }

    static ShownMessage shown(String id, String by, String msgid, int second) {
        return new ShownMessage(ROOM, id, by, msgid, NOON.plusSeconds(second), true);
    }

    /** A message that was sent and got its receipt. */
    Case receipt(String id) {
        return receipts(id, message(id).msgid());
    }

    /** A message that was sent and got these receipts. */
    Case receipts(String id, String... msgids) {
        said.add(new SentMessage(id, ROOM, message(id).by(), List.of(msgids), false, false));
        return this;
    }

    Case abandoned(String id) {
        said.add(new SentMessage(id, ROOM, message(id).by(), List.of(), true, false));
        return this;
    }

    Case late(String id) {
        said.add(new SentMessage(id, ROOM, message(id).by(), List.of(message(id).msgid()), false, true));
        return this;
    }

    Case stored(String... ids) {
        for (String id : ids) {
            stored.add(message(id));
        }
        return this;
    }

    Case stored(ShownMessage event) {
        stored.add(event);
        return this;
    }

    /** Adds a connection that was shown these messages and sent nothing. */
    Case listener(String... ids) {
        Transcript transcript = transcript("cyd");
        for (String id : ids) {
            transcript.shown(message(id));
        }
        return this;
    }

    Transcript transcript(String who) {
        Transcript transcript = new Transcript(who, 1);
        transcripts.add(transcript);
        return transcript;
    }

    List<Promise> broken() {
        return violations().stream().map(Violation::promise).toList();
    }

    List<Violation> violations() {
        Map<String, List<ShownMessage>> history = new HashMap<>();
        history.put(ROOM, stored);
        return Checker.check(new Evidence(said, transcripts, history, List.of()));
    }
}
