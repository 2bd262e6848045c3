package io.teahouse.wire.irc;

import io.teahouse.account.AccountSettings;
import java.util.ArrayList;
import java.util.List;

/** Which capabilities the server offers with its current settings, and their values in CAP LS. */
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

    /** The value in CAP LS (IRCv3 capability-negotiation, version 302); may be empty. */
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

    /**
     * Whether clients may register an account before they are connected. Not if the server has a password: registering
     * an account must not be a way around it.
     */
    public static boolean registersBeforeConnect(Call call) {
        return call.session().login().settings().registration().beforeConnect()
                && call.server().settings().access().password().isEmpty();
    }
}
