package io.teahouse.wire.irc;

import io.teahouse.account.AccountSettings;
import java.util.ArrayList;
import java.util.List;

/** Which capabilities the server has, as it is set up, and what CAP LS says of them beside their names. */
public final class CapabilityValues {
    private CapabilityValues() {}

    public static boolean has(Call call, Capability one) {
        AccountSettings accounts = call.session().login().settings();
        return switch (one) {
            case SASL -> accounts.enabled();
            case ACCOUNT_REGISTRATION -> accounts.registrable();
            default -> true;
        };
    }

    /** IRCv3 capability-negotiation 302; may be empty. */
    public static String value(Call call, Capability one) {
        AccountSettings accounts = call.session().login().settings();
        return switch (one) {
            case MULTILINE ->
                "max-bytes=" + call.server().settings().multiline().bytes() + ",max-lines="
                        + call.server().settings().multiline().lines();
            case METADATA ->
                "before-connect,max-key-bytes=" + MetadataSubscriptions.LONGEST_KEY + ",max-keys="
                        + call.server().settings().metadata().keys() + ",max-subs="
                        + call.server().settings().metadata().subscriptions() + ",max-value-bytes="
                        + call.server().limits().metadataValue();
            case SASL -> SaslExchange.Mechanism.list(accounts);
            case ACCOUNT_REGISTRATION -> registration(call, accounts);
            default -> "";
        };
    }

    private static String registration(Call call, AccountSettings accounts) {
        List<String> keys = new ArrayList<>();
        if (registersBeforeConnect(call)) {
            keys.add("before-connect");
        }
        if (accounts.registration().customNames()) {
            keys.add("custom-account-name");
        }
        if (accounts.registration().emailRequired()) {
            keys.add("email-required");
        }
        return String.join(",", keys);
    }

    /** Not where the server has a password: nobody gets past that by registering an account. */
    public static boolean registersBeforeConnect(Call call) {
        return call.session().login().settings().registration().beforeConnect()
                && call.server().settings().access().password().isEmpty();
    }
}
