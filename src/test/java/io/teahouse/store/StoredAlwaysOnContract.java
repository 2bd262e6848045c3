package io.teahouse.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.teahouse.account.Account;
import io.teahouse.account.Credentials;
import io.teahouse.room.Nick;
import io.teahouse.room.Ranks;
import io.teahouse.room.RoomLog.Outcome;
import io.teahouse.room.RoomName;
import io.teahouse.user.AlwaysOnUsers;
import io.teahouse.user.AlwaysOnUsers.Membership;
import io.teahouse.user.AlwaysOnUsers.Stored;
import io.teahouse.user.AlwaysOnUsersContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Always-on users in a database; one test class per database. */
abstract class StoredAlwaysOnContract extends AlwaysOnUsersContract {
    private OpenStore opened;

    /** Creates an empty store. */
    abstract OpenStore open();

    @AfterEach
    void close() {
        opened.close();
    }

    @Override
    protected AlwaysOnUsers create() {
        opened = open();
        ACCOUNTS.forEach(this::register);
        return opened.store().alwaysOn();
    }

    private void register(String name) {
        Credentials credentials = new Credentials.Scram("c2FsdA==", 4096, "c3RvcmVk", "c2VydmVy");
        answer(opened.store().accounts().create(new Account(Nick.of(name), NOON, "", credentials)));
    }

    @Override
    protected AlwaysOnUsers reopen(AlwaysOnUsers users) {
        return opened.reopen().alwaysOn();
    }

    private AlwaysOnUsers users() {
        return opened.store().alwaysOn();
    }

    @Test
    void deletingAnAccountDeletesItsUserAndItsChoice() {
        Stored ann = new Stored("Ann", Nick.of("Ann"), "ann", "", "", NOON, Map.of("url", "x"), List.of(member("tea")));
        answer(users().save(ann));
        answer(users().save(user("bob", NOON, member("tea"))));
        answer(users().choose("Ann", true));
        answer(opened.store().accounts().delete("ann"));
        assertThat(all(users(), 9)).containsExactly(user("bob", NOON, member("tea")));
        answer(users().save(ann));
        answer(users().choose("Ann", true));
        assertThat(all(users(), 9)).as("saved too late").hasSize(1);
        register("Ann");
        assertThat(answer(users().choice("Ann"))).as("the next of that name").isEmpty();
        answer(users().save(user("Ann", NOON.plusSeconds(1))));
        assertThat(all(users(), 1)).containsExactly(user("Ann", NOON.plusSeconds(1)));
    }

    @Test
    void anAccountIsFoundByItsRegisteredSpelling() {
        answer(users().save(user("ann", NOON)));
        assertThat(all(users(), 9)).isEmpty();
    }

    /** The server may stop before the user learns the new name. */
    @Test
    void membersFollowARenamedRoom() {
        RoomName tea = RoomName.of("tea");
        RoomName coffee = RoomName.of("Coffee");
        Membership mate = new Membership(RoomName.of("mate"), Ranks.NONE, 3);
        answer(users().save(user("Ann", NOON, new Membership(tea, Ranks.OPERATOR, 7), mate)));
        answer(users().save(user("bob", NOON.minusSeconds(1), new Membership(coffee, Ranks.OPERATOR, 9), mate)));
        answer(opened.store().logs().of(tea).open(1));
        assertThat(answer(opened.store().logs().rename(tea, coffee))).isEqualTo(Outcome.STORED);
        assertThat(all(users(), 9))
                .containsExactly(
                        user("Ann", NOON, new Membership(coffee, Ranks.OPERATOR, 7), mate),
                        user("bob", NOON.minusSeconds(1), mate));
        RoomName capitals = RoomName.of("COFFEE");
        assertThat(answer(opened.store().logs().rename(coffee, capitals))).isEqualTo(Outcome.STORED);
        assertThat(all(users(), 1))
                .containsExactly(user("Ann", NOON, new Membership(capitals, Ranks.OPERATOR, 7), mate));
    }

    @Test
    void aFailedRenameKeepsTheMembers() {
        answer(users().save(user("Ann", NOON, member("mate"), member("tea"))));
        answer(opened.store().logs().of(RoomName.of("tea")).open(1));
        answer(opened.store().logs().of(RoomName.of("mate")).open(1));
        assertThat(answer(opened.store().logs().rename(RoomName.of("tea"), RoomName.of("mate"))))
                .isEqualTo(Outcome.NOT_STORED);
        assertThat(all(users(), 9)).containsExactly(user("Ann", NOON, member("mate"), member("tea")));
    }
}
