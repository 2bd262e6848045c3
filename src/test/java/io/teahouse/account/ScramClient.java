package io.teahouse.account;

import static com.ongres.scram.common.ScramMechanism.SCRAM_SHA_256;

import com.ongres.scram.common.ClientFirstMessage;
import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ServerFirstMessage;
import com.ongres.scram.common.StringPreparation;
import com.ongres.scram.common.exception.ScramParseException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The client's side of SCRAM-SHA-256. It uses the library and shares no code with the server. */
public final class ScramClient {
    private final ClientFirstMessage first;
    private final String password;
    private String signed = "";
    private byte[] salted = new byte[0];

    public ScramClient(String name, String password) {
        this.first = new ClientFirstMessage(name, "fyko+d2lbbFgONRv9qkxdawL");
        this.password = password;
    }

    public String first() {
        return first.toString();
    }

    /** Returns the final message, in reply to the server's first one. */
    public String answer(String challenge) {
        try {
            ServerFirstMessage server = ServerFirstMessage.parseFrom(challenge, first.getClientNonce());
            signed = ScramFunctions.authMessage(first, server, null);
            salted = ScramFunctions.saltedPassword(
                    SCRAM_SHA_256,
                    StringPreparation.POSTGRESQL_PREPARATION,
                    password.toCharArray(),
                    Base64.getDecoder().decode(server.getSalt()),
                    server.getIterationCount());
            byte[] clientKey = ScramFunctions.clientKey(SCRAM_SHA_256, salted);
            byte[] storedKey = ScramFunctions.storedKey(SCRAM_SHA_256, clientKey);
            byte[] signature = ScramFunctions.clientSignature(SCRAM_SHA_256, storedKey, signed);
            return signed.substring(signed.lastIndexOf("c=")) + ",p="
                    + Base64.getEncoder().encodeToString(ScramFunctions.clientProof(clientKey, signature));
        } catch (ScramParseException e) {
            throw new AssertionError("no challenge: " + challenge, e);
        }
    }

    /** Whether the server's final message proves that it knows the verifier. */
    public boolean knows(String serverFinal) {
        byte[] serverKey = ScramFunctions.serverKey(SCRAM_SHA_256, salted);
        byte[] signature = ScramFunctions.hmac(SCRAM_SHA_256, serverKey, signed.getBytes(StandardCharsets.UTF_8));
        return serverFinal.equals("v=" + Base64.getEncoder().encodeToString(signature));
    }
}
