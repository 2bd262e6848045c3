package io.teahouse.store;

import static io.teahouse.store.TestMessages.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.room.HistoryRange;
import io.teahouse.room.RoomEvent.Said;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** IRC tags that older servers stored are read as attributes. */
class AttributesMigrationTest {
    private static final int BEFORE = 13;

    @TempDir
    private Path folder;

    /** Texts in the encoding of TextCodec, as they were stored, with the attributes that they stand for, in order. */
    private static Map<String, List<String>> stored() {
        Map<String, List<String>> stored = new LinkedHashMap<>();
        stored.put("", List.of());
        stored.put("+typing=active", List.of("+typing", "active"));
        stored.put("+b=2;+a;+c=x=y", List.of("+b", "2", "+a", "", "+c", "x=y"));
        stored.put(
                "+a=\\:\\s\\\\\\r\\n\\\\s\\\\\\\\;+b=\"{\u3042}\"",
                List.of("+a", "; \\\r\n\\s\\\\", "+b", "\"{\u3042}\""));
        stored.put("+x=1;draft/multiline-concat=3,17", List.of("+x", "1", "soft-breaks", "3,17"));
        stored.put(";=no;+a=b\\", List.of("+a", "b"));
        stored.put(";", List.of());
        stored.put("+a=\\\\u0010abcd", List.of("+a", "\\u0010abcd"));
        stored.put(TextCodec.encode("+a=\0\u0010\ud83c"), List.of("+a", "\0\u0010\ud83c"));
        return stored;
    }

    private static void fill(String url, String migrations) throws SQLException {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:" + migrations)
                .target(Integer.toString(BEFORE))
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into messages (room, seq, epoch, at, kind, audience, nick, nick_key, username, host,"
                                + " real_name, account, away, bot, client_id, tags, text, target, target_seq)"
                                + " values (1, ?, 0, 0, 0, 0, 'ann', 'ann', 'a', 'h', '', '', '', 0, '', ?, 'hi', '', 0)")) {
            statement.execute(
                    "insert into rooms (key, name, identity, created) values ('tea', 'tea', 'abcdefghij', 0)");
            int seq = 0;
            for (String tags : stored().keySet()) {
                insert.setInt(1, ++seq);
                insert.setString(2, tags);
                insert.executeUpdate();
            }
        }
    }

    private static List<List<String>> read(StoreSettings settings) throws StoreException {
        List<List<String>> read = new ArrayList<>();
        try (Store store = Stores.open(settings)) {
            answer(new TestMessages(store).log().read(HistoryRange.ALL, event -> true))
                    .events()
                    .forEach(event -> {
                        List<String> attributes = new ArrayList<>();
                        ((Said) event)
                                .attributes()
                                .values()
                                .forEach((name, value) -> attributes.addAll(List.of(name, value)));
                        read.add(attributes);
                    });
        }
        return read;
    }

    @Test
    void aFileOfAnOlderServerIsConverted() throws StoreException, SQLException {
        Path file = folder.resolve("tea.db");
        fill("jdbc:sqlite:" + file, "db/sqlite");
        assertThat(read(StoreSettings.sqlite(file))).containsExactlyElementsOf(stored().values());
        assertThat(FaultyDatabase.count(file, "messages where attributes = ''")).isEqualTo(2);
    }

    @Test
    void aDatabaseOfAnOlderServerIsConverted() throws StoreException, SQLException {
        String url = TestPostgres.newDatabaseWithoutTables();
        fill(url, "db/postgresql");
        assertThat(read(StoreSettings.postgresql(url))).containsExactlyElementsOf(stored().values());
    }
}
