package io.teahouse.account;

import io.teahouse.room.Names;
import io.teahouse.room.Nick;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names of accounts that were found or registered lately. Thread-safe. */
final class KnownAccounts {
    /** A name takes some hundred bytes. */
    private static final int MOST = 10_000;

    private static final class Known {
        private final Nick name;

        /** Computed when a look-alike is looked for: it loads tables that a server of plain names never needs. */
        private Names.@Nullable Looks looks;

        Known(Nick name) {
            this.name = name;
        }

        boolean resembles(Names.Looks other, Names names) {
            Names.Looks own = looks;
            if (own == null) {
                own = names.looks(name.text(), name.key());
                looks = own;
            }
            return own.resemble(other);
        }
    }

    private final Names names;

    /** By key; the entry that was noted longest ago comes first. */
    private final Map<String, Known> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    KnownAccounts(Names names) {
        this.names = names;
    }

    /** @param account the account with that key; empty: there is none */
    synchronized void note(String key, Optional<Account> account) {
        account.ifPresentOrElse(found -> accounts.put(key, new Known(found.name())), () -> accounts.remove(key));
    }

    /** The account of that name, or one whose name looks like it. Looks at all of them. */
    synchronized Optional<Nick> findOwner(Nick name) {
        Known same = accounts.get(name.key());
        return same != null ? Optional.of(same.name) : findLookAlike(name);
    }

    private Optional<Nick> findLookAlike(Nick name) {
        Names.Looks looks = null;
        for (Map.Entry<String, Known> each : accounts.entrySet()) {
            if (Names.mayNotCoexist(name.key(), each.getKey())) {
                looks = looks == null ? names.looks(name.text(), name.key()) : looks;
                if (each.getValue().resembles(looks, names)) {
                    return Optional.of(each.getValue().name);
                }
            }
        }
        return Optional.empty();
    }
}
