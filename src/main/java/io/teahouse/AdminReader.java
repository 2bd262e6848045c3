package io.teahouse;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.teahouse.account.HashedToken;
import io.teahouse.admin.AdminSettings;
import io.teahouse.admin.AdminToken;
import io.teahouse.net.ServerCertificate;
import io.teahouse.operator.Privilege;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the settings of the admin port. */
final class AdminReader {
    /** Whether the port speaks TLS. */
    private enum Tls {
        AUTO,
        ON,
        OFF
    }

    private static final String TOKEN = "a token of at least " + HashedToken.SHORTEST
            + " characters in plain text, or sha256:… as the command admin-token prints it";
    private static final String TOKENS = "a list of { name = …, token = \"sha256:…\" (or at least "
            + HashedToken.SHORTEST + " characters in plain text), privileges = [ "
            + String.join(", ", Privilege.names()) + " ] }";

    private AdminReader() {}

    /**
     * Empty: the port is closed. Its settings are checked all the same.
     *
     * @param certificate that of the IRC door
     */
    static Optional<AdminSettings> read(SettingsReader read, Optional<ServerCertificate> certificate) {
        boolean enabled = read.onOff("admin.enabled");
        String host = read.text("admin.host");
        Tls tls = read.oneOf("admin.tls", Tls.class);
        boolean encrypted = tls == Tls.ON || (tls == Tls.AUTO && !SharedSettings.isLocal(host));
        if (enabled && encrypted && certificate.isEmpty()) {
            if (tls == Tls.ON) {
                read.wrong("admin.tls", "off, or set teahouse.irc.tls-certificate and teahouse.irc.tls-key");
            } else {
                read.wrong(
                        "admin.host",
                        "an address of this machine only, such as 127.0.0.1, because other machines need TLS: set"
                                + " teahouse.irc.tls-certificate and teahouse.irc.tls-key, or teahouse.admin.tls = off");
            }
        }
        AdminSettings settings = new AdminSettings(
                host,
                read.number("admin.port", 0, 65535),
                encrypted ? certificate : Optional.empty(),
                tokens(read),
                AccountReader.pace(read, "admin.failures"),
                ProxyReader.forwarded(read));
        return enabled ? Optional.of(settings) : Optional.empty();
    }

    private static List<AdminToken> tokens(SettingsReader read) {
        List<AdminToken> tokens = new ArrayList<>();
        String all = read.text("admin.token");
        if (!all.isEmpty()) {
            try {
                tokens.add(AdminToken.of("teahouse.admin.token", all, Privilege.all()));
            } catch (IllegalArgumentException e) {
                read.wrong("admin.token", TOKEN);
            }
        }
        Set<String> names = new HashSet<>();
        for (Config each : read.objects("admin.tokens")) {
            read.refuseUnknown("admin.tokens", each, Set.of("name", "token", "privileges"));
            try {
                String name = each.getString("name");
                if (name.isBlank() || !names.add(name)) {
                    throw new IllegalArgumentException("a name is missing, or there twice");
                }
                tokens.add(AdminToken.of(
                        name, each.getString("token"), OperatorReader.privileges(each.getStringList("privileges"))));
            } catch (ConfigException | IllegalArgumentException e) {
                read.wrong("admin.tokens", TOKENS + ", of which no two have the same name");
            }
        }
        return List.copyOf(tokens);
    }
}
