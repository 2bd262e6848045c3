package io.teahouse.tool.figures;

import io.teahouse.tool.client.BlockingConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** How long a client waits for its history and for a search, with many messages in the store. */
final class SearchPart implements Part {
    private static final int ROOMS = 20;
    private static final int BATCH = 200;
    private static final int QUERIES = 15;
    private static final int WORDS = 2000;
    private static final int LENGTH = 8;
    private static final long SEED = 7;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String STORED = "messages";
    private static final List<Question> QUESTIONS = List.of(
            new Question("newest 100 lines of a room", "history", "CHATHISTORY LATEST #s%d * 100", 10),
            new Question("search in a room, a common word", "room: common", "SEARCH :in=#s%d;text=word1;limit=50", 200),
            new Question("search in a room, a rare word", "room: rare", "SEARCH :in=#s%d;text=needle;limit=50", 200),
            new Question("search in all rooms, a common word", "all: common", "SEARCH :text=word1;limit=50", 200),
            new Question("search in all rooms, a rare word", "all: rare", "SEARCH :text=needle;limit=50", 200),
            new Question("search in all rooms, no such word", "all: none", "SEARCH :text=nowhere;limit=50", 200));

    /** A command as table and plot call it; the number of a room is put in. */
    private record Question(String title, String shortTitle, String command, double mostMillis) {
        String median() {
            return title + " p50 ms";
        }

        String slowest() {
            return title + " most ms";
        }
    }

    @Override
    public String name() {
        return "search";
    }

    @Override
    public void measure(Bench bench, Values values) throws IOException, InterruptedException {
        Store.with(bench, List.of(Store.SQLITE, Store.POSTGRESQL), servers -> {
            for (Map.Entry<String, Teahouse.Running> each : servers.entrySet()) {
                bench.say("storing " + bench.plan().stored() + " messages in " + each.getKey());
                int port = each.getValue().port();
                try (BlockingConnection client = enter(port)) {
                    fill(client, bench.plan().stored());
                    ask(client, bench, each.getKey(), values);
                    values.add(STORED, each.getKey(), bench.plan().stored());
                }
            }
        });
    }

    private static BlockingConnection enter(int port) throws IOException {
        BlockingConnection client = BlockingConnection.open(port, PATIENCE);
        client.send(
                "CAP REQ :echo-message batch draft/chathistory soju.im/search\r\nNICK ann\r\nUSER ann 0 * :ann\r\nCAP END\r\n");
        await(client, " 001 ");
        for (int room = 0; room < ROOMS; room++) {
            client.send("JOIN #s" + room + "\r\n");
            await(client, " 366 ");
        }
        return client;
    }

    private static int await(BlockingConnection client, String part) throws IOException {
        int lines = 0;
        while (true) {
            String line = client.read(PATIENCE).orElseThrow(() -> new IOException("no answer with " + part));
            if (line.startsWith("PING ")) {
                client.send("PONG " + line.substring("PING ".length()) + "\r\n");
            } else if (line.contains(" FAIL ")) {
                throw new IOException(line);
            }
            lines++;
            if (line.contains(part)) {
                return lines;
            }
        }
    }

    /** Stores messages of words, of which the first ones are common; one in 5,000 has a rare one. */
    private static void fill(BlockingConnection client, int count) throws IOException {
        Random random = new Random(SEED);
        for (int sent = 0; sent < count; sent += BATCH) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < BATCH; i++) {
                lines.append("PRIVMSG #s").append(random.nextInt(ROOMS)).append(" :");
                for (int word = 0; word < LENGTH; word++) {
                    double share = random.nextDouble();
                    lines.append("word").append((int) (share * share * WORDS)).append(' ');
                }
                lines.append((sent + i) % 5000 == 0 ? "needle" : "hay").append("\r\n");
            }
            client.send(lines + "PING :p" + sent + "\r\n");
            await(client, " :p" + sent);
        }
    }

    private static void ask(BlockingConnection client, Bench bench, String store, Values values) throws IOException {
        for (int round = 0; round < bench.plan().rounds(); round++) {
            for (Question question : QUESTIONS) {
                List<Double> millis = new ArrayList<>();
                for (int i = 0; i < QUERIES; i++) {
                    long start = System.nanoTime();
                    client.send(String.format(Locale.ROOT, question.command(), (round * QUERIES + i) % ROOMS) + "\r\n");
                    await(client, " BATCH -");
                    millis.add((System.nanoTime() - start) / NANOS_PER_MILLI);
                }
                values.add(question.median(), store, new Samples(millis).median());
                values.add(question.slowest(), store, new Samples(millis).highest());
            }
        }
    }

    @Override
    public String show(Values values, Pictures pictures) throws IOException {
        List<String> stores = List.of(Store.SQLITE, Store.POSTGRESQL).stream()
                .filter(each -> values.find(STORED, each).isPresent())
                .toList();
        StringBuilder table = new StringBuilder("| ms, median and slowest of " + QUERIES + " |");
        stores.forEach(store -> table.append(' ').append(store).append(" | |"));
        table.append("\n| --- ").append("| --- | --- ".repeat(stores.size())).append("|\n");
        for (Question question : QUESTIONS) {
            Must must = Must.atMost(question.mostMillis());
            table.append("| ").append(question.title()).append(" |");
            for (String store : stores) {
                Samples median = values.find(question.median(), store).orElseThrow();
                table.append(' ').append(must.judge(Numbers.text(median), median.median()));
                table.append(" | ")
                        .append(Numbers.text(
                                values.find(question.slowest(), store).orElseThrow()))
                        .append(" |");
            }
            table.append('\n');
        }
        List<Plot.Series> series = new ArrayList<>();
        for (String store : stores) {
            List<Optional<Samples>> found = QUESTIONS.stream()
                    .map(question -> values.find(question.median(), store))
                    .toList();
            series.add(new Plot.Series(store, Store.ALL.indexOf(store), found));
        }
        List<String> titles = QUESTIONS.stream().map(Question::shortTitle).toList();
        String stored = Numbers.text(values.find(STORED, stores.get(0)).orElseThrow());
        return pictures.add(
                        "search",
                        "Search and history",
                        new Plot("Search and history, median in ms", titles, series)
                                .logarithmic()
                                .bars())
                + "\n" + stored + " messages in " + ROOMS + " rooms.\n\n" + table;
    }
}
