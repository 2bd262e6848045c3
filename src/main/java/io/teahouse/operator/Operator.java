package io.teahouse.operator;

import io.teahouse.room.UserId;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Who uses a power.
 *
 * @param name for the audit log and for other operators
 * @param privileges what they may do
 * @param user empty: they are not in the chat
 * @param address where their request comes from; empty: unknown
 */
public record Operator(
        String name, Way way, Set<Privilege> privileges, Optional<UserId> user, Optional<InetAddress> address) {
    public Operator {
        privileges = Set.copyOf(privileges);
    }

    /** With the address, as the audit log has it. */
    String source() {
        return name + address.map(from -> " from " + from.getHostAddress()).orElse("");
    }

    /** Tells operators apart, whatever they are called meanwhile. */
    public String key() {
        return way.text() + " " + user.map(String::valueOf).orElse(name);
    }

    public boolean has(Privilege one) {
        return privileges.contains(one);
    }
}
