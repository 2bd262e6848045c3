package io.teahouse.tool.crash;

import io.teahouse.tool.client.IrcLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is stored of each room, page by page (IRCv3 draft/chathistory), backwards and once more forwards. */
final class HistoryReader {
    private static final int PAGE = 100;
    private static final String READER = "reader";

    private final IrcClient client;
    private final Duration patience;

    private HistoryReader(IrcClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /** All rooms of a run, oldest first. */
    static Map<String, List<ShownMessage>> read(CrashPlan plan, ServerInstance server, MessageInterner interner)
            throws IOException {
        try (IrcClient client = new IrcClient(READER, plan.allRooms(), server, plan, interner)) {
            client.enter(new Transcript(READER, server.number()));
            HistoryReader reader = new HistoryReader(client, plan.patience());
            Map<String, List<ShownMessage>> history = new HashMap<>();
            for (String room : plan.allRooms()) {
                history.put(room, reader.room(room));
            }
            return history;
        }
    }

    private List<ShownMessage> room(String room) throws IOException {
        List<ShownMessage> backwards = new ArrayList<>();
        List<ShownMessage> page = page("LATEST #" + room + " *");
        while (!page.isEmpty()) {
            backwards.addAll(0, page);
            page = pageFrom("BEFORE", room, page.get(0));
        }
        List<ShownMessage> forwards = new ArrayList<>();
        page = page("AFTER #" + room + " timestamp=1970-01-01T00:00:00.000Z");
        while (!page.isEmpty()) {
            forwards.addAll(page);
            page = pageFrom("AFTER", room, page.get(page.size() - 1));
        }
        if (!forwards.equals(backwards)) {
            throw CrashFailure.violated("the history of #" + room + " has " + backwards.size()
                    + " messages when it is read backwards, and is not the same forwards, with " + forwards.size());
        }
        return backwards;
    }

    private List<ShownMessage> pageFrom(String direction, String room, ShownMessage anchor) throws IOException {
        List<ShownMessage> page = page(direction + " #" + room + " msgid=" + anchor.msgid());
        if (page.contains(anchor)) {
            throw CrashFailure.violated("the history of #" + room + ' ' + direction + ' ' + anchor + " holds it");
        }
        return page;
    }

    /** One batch of answers. */
    private List<ShownMessage> page(String question) throws IOException {
        client.send(List.of("CHATHISTORY " + question + ' ' + PAGE));
        Deadline deadline = new Deadline(patience);
        List<ShownMessage> page = new ArrayList<>();
        String batch = "";
        while (true) {
            IrcLine line = client.next(deadline);
            if (line.is("BATCH") && line.param(1).equals("chathistory")) {
                batch = line.param(0).substring(1);
            } else if (line.is("BATCH") && line.param(0).equals("-" + batch)) {
                return page;
            } else if (line.is("FAIL") || line.is("421")) {
                throw new IOException("CHATHISTORY " + question + ": " + line);
            }
            Optional<ShownMessage> shown = client.message(line);
            if (shown.isPresent() && line.tag("batch").equals(batch)) {
                page.add(shown.get());
            }
        }
    }
}
