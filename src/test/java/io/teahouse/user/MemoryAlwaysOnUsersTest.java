package io.teahouse.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryAlwaysOnUsersTest extends AlwaysOnUsersContract {
    @Override
    protected AlwaysOnUsers create() {
        return new MemoryAlwaysOnUsers(ACCOUNTS.size());
    }

    @Override
    protected AlwaysOnUsers reopen(AlwaysOnUsers users) {
        return users;
    }

    @Test
    void withOneTooManyTheLeastRecentlyConnectedGoesButNotTheNewOne() {
        AlwaysOnUsers two = new MemoryAlwaysOnUsers(2);
        answer(two.save(user("Ann", NOON.plusSeconds(1))));
        answer(two.save(user("bob", NOON.plusSeconds(2))));
        answer(two.save(user("小明", NOON)));
        assertThat(answer(two.all(10))).isEqualTo(List.of(user("bob", NOON.plusSeconds(2)), user("小明", NOON)));
    }

    @Test
    void withOneTooManyTheOldestChoiceGoes() {
        AlwaysOnUsers two = new MemoryAlwaysOnUsers(2);
        answer(two.choose("Ann", true));
        answer(two.choose("bob", true));
        answer(two.choose("Ann", false));
        answer(two.choose("小明", true));
        assertThat(answer(two.choice("Ann"))).contains(false);
        assertThat(answer(two.choice("bob"))).isEmpty();
        assertThat(answer(two.choice("小明"))).contains(true);
    }
}
