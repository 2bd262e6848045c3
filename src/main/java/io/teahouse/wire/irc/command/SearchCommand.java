package io.teahouse.wire.irc.command;

import io.teahouse.room.Archive;
import io.teahouse.room.RoomName;
import io.teahouse.room.support.Digits;
import io.teahouse.wire.irc.Call;
import io.teahouse.wire.irc.Capability;
import io.teahouse.wire.irc.IrcCommand;
import io.teahouse.wire.irc.IrcTags;
import io.teahouse.wire.irc.IrcTime;
import io.teahouse.wire.irc.Spec;
import io.teahouse.wire.irc.StreamedBatch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** SEARCH (codeberg.org/emersion/soju, doc/ext/search.md). */
final class SearchCommand implements IrcCommand {
    private static final Spec SPEC = Spec.of(
                    "SEARCH",
                    0,
                    "text=…;in=…;from=…;after=…;before=…;limit=…",
                    "Searches your channels and conversations.")
            .costing(8);

    private static final Set<String> KNOWN = Set.of("in", "from", "after", "before", "text", "limit");

    @Override
    public Spec spec() {
        return SPEC;
    }

    @Override
    public int work(Call call) {
        return 2 * WorkCost.STORE;
    }

    @Override
    public void run(Call call) {
        if (!call.hasAskedFor(Capability.SEARCH)) {
            return;
        }
        Map<String, String> asked = IrcTags.parse(call.param(0));
        Optional<String> by =
                value(asked, "from").flatMap(call.session().queries().users()::key);
        Optional<Instant> after = value(asked, "after").flatMap(IrcTime::parse);
        Optional<Instant> before = value(asked, "before").flatMap(IrcTime::parse);
        Optional<String> wrong = asked.isEmpty()
                ? Optional.of("*")
                : asked.keySet().stream()
                        .filter(name -> !KNOWN.contains(name)
                                || (name.equals("from") && by.isEmpty())
                                || (name.equals("after") && after.isEmpty())
                                || (name.equals("before") && before.isEmpty())
                                || (name.equals("limit")
                                        && Digits.parse(asked.getOrDefault(name, ""))
                                                .isEmpty()))
                        .findFirst();
        if (wrong.isPresent()) {
            call.fail("INVALID_PARAMS", "Invalid parameters", wrong.get());
            return;
        }
        int most = call.server().settings().quotas().history();
        int limit = value(asked, "limit").map(Integer::parseInt).orElse(most);
        Archive.Query query = new Archive.Query(
                List.of(),
                value(asked, "text").orElse(""),
                by,
                after.map(time -> time.minusMillis(1)), // both bounds are included
                before.map(time -> time.plusMillis(1)),
                Math.min(limit, most));
        value(asked, "in").ifPresentOrElse(target -> in(call, target, query), () -> search(call, query));
    }

    private static Optional<String> value(Map<String, String> asked, String name) {
        return Optional.ofNullable(asked.get(name)).filter(value -> !value.isEmpty());
    }

    private static void in(Call call, String target, Archive.Query query) {
        Optional<RoomName> channel = call.room(target);
        if (channel.isPresent()) {
            search(call, query.in(List.of(channel.get())));
        } else {
            call.session()
                    .queries()
                    .past()
                    .conversation(
                            target,
                            found -> found.ifPresentOrElse(
                                    room -> search(call, query.in(List.of(room))),
                                    () -> StreamedBatch.found(call, Archive.Found.NOTHING)));
        }
    }

    /** Runs the search. The session leaves out messages that the client may not read. */
    private static void search(Call call, Archive.Query query) {
        call.session()
                .queries()
                .past()
                .search(
                        query,
                        found -> found.ifPresentOrElse(
                                all -> StreamedBatch.found(call, all),
                                () -> call.fail("INTERNAL_ERROR", "The search could not be run")));
    }
}
