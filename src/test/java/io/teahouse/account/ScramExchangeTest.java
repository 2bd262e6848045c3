package io.teahouse.account;

import static com.ongres.scram.common.ScramMechanism.SCRAM_SHA_256;
import static org.assertj.core.api.Assertions.assertThat;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.StringPreparation;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramExchangeTest {
    private static final Credentials.Scram PENCIL =
            ScramSha256.make("pencil", Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096);
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String NONCE = CLIENT_NONCE + SERVER_NONCE;
    private static final String PROOF = ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";

    private static ScramExchange begin(String first) {
        return new ScramExchange(ScramExchange.First.parse(first).orElseThrow(), PENCIL, SERVER_NONCE);
    }

    private static ScramExchange rfc() {
        return begin("n,,n=user,r=" + CLIENT_NONCE);
    }

    /** The example of RFC 7677 §3. */
    @Test
    void theExchangeMatchesTheRfc() {
        ScramExchange exchange = rfc();
        assertThat(exchange.challenge()).isEqualTo("r=" + NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
        assertThat(exchange.finish("c=biws,r=" + NONCE + PROOF))
                .contains("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=" + NONCE,
                "c=biws,r=" + NONCE + ",p=",
                "c=biws,r=" + NONCE + ",p=!",
                "c=biws,r=" + NONCE + ",p=YQ==",
                "c=biws,r=" + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVU=",
                "c=biws,r=" + CLIENT_NONCE + PROOF,
                "c=eSws,r=" + NONCE + PROOF,
                "c=biws,r=" + NONCE + ",x=1" + PROOF,
                "r=" + NONCE + ",c=biws" + PROOF
            })
    void anInvalidFinalMessageIsRefused(String message) {
        assertThat(rfc().finish(message)).isEmpty();
    }

    /**
     * The client knows the password, but answers with another nonce, or for a channel that it believes to be
     * bound.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {"c=biws,r=" + CLIENT_NONCE, "c=biws,r=other", "c=eSws,r=" + NONCE, "c=biws,r=" + NONCE + "x"})
    void aProofForAnotherMessageIsRefused(String answer) {
        assertThat(rfc().finish(proved("c=biws,r=" + NONCE))).isPresent();
        assertThat(rfc().finish(proved(answer))).isEmpty();
    }

    private static String proved(String answer) {
        byte[] salted = ScramFunctions.saltedPassword(
                SCRAM_SHA_256,
                StringPreparation.POSTGRESQL_PREPARATION,
                "pencil".toCharArray(),
                Base64.getDecoder().decode(PENCIL.salt()),
                PENCIL.iterations());
        byte[] clientKey = ScramFunctions.clientKey(SCRAM_SHA_256, salted);
        byte[] signature = ScramFunctions.clientSignature(
                SCRAM_SHA_256,
                ScramFunctions.storedKey(SCRAM_SHA_256, clientKey),
                "n=user,r=" + CLIENT_NONCE + "," + rfc().challenge() + "," + answer);
        return answer + ",p=" + Base64.getEncoder().encodeToString(ScramFunctions.clientProof(clientKey, signature));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "n,,n=user,r=abc | user",
                "y,,n=user,r=abc | user",
                "n,a=user,n=user,r=abc | user",
                "n,,n=a=2Cb=3Dc,r=abc | a,b=c",
                "n,,n=小明,r=abc | 小明",
                "n,,n=user,r=abc,x=ext | user"
            })
    void aFirstMessageNamesTheAccount(String message, String name) {
        assertThat(ScramExchange.First.parse(message).orElseThrow().name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ",,,,",
                "n,,",
                "n,,n=user",
                "n,,n=,r=abc",
                "n,,n=user,r=",
                "n,,n=us=er,r=abc",
                "n,,n=user,r=a bc",
                "n,,r=abc,n=user",
                "n,,m=x,n=user,r=abc",
                "n,a=other,n=user,r=abc",
                "p=tls-exporter,,n=user,r=abc",
                "x,,n=user,r=abc"
            })
    void anInvalidFirstMessageIsRefused(String message) {
        assertThat(ScramExchange.First.parse(message)).isEmpty();
    }

    @Test
    void anOverlongNameIsRefused() {
        assertThat(ScramExchange.First.parse("n,,n=" + "x".repeat(300) + ",r=abc"))
                .isPresent();
        assertThat(ScramExchange.First.parse("n,,n=" + "x".repeat(100_000) + ",r=abc"))
                .isEmpty();
        assertThat(ScramExchange.First.parse("n,,n=" + "=2C".repeat(100_000) + ",r=abc"))
                .isEmpty();
    }

    @Test
    void theMadeUpVerifierIsStablePerNameAndDiffersBetweenNames() {
        byte[] secret = new byte[32];
        Credentials.Scram nobody = ScramSha256.nobody(secret, "ann", 4096);
        assertThat(ScramSha256.nobody(secret, "ann", 4096)).isEqualTo(nobody);
        assertThat(ScramSha256.nobody(secret, "bob", 4096).salt()).isNotEqualTo(nobody.salt());
        secret[0] = 1;
        assertThat(ScramSha256.nobody(secret, "ann", 4096).salt()).isNotEqualTo(nobody.salt());
        assertThat(nobody.salt()).hasSameSizeAs(PENCIL.salt());
    }
}
