package io.teahouse.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

    private final Passwords scram = new Passwords(4096, 64);
    private final Passwords argon2 = new Passwords(0, 64);

    private static Credentials made(Passwords by, String password) {
        return by.make(password).orElseThrow();
    }

    /**
     * For the password of RFC 7677 §3. The keys were computed by the formulas of RFC 5802 §3 (H and HMAC), as
     * PostgreSQL's tool does.
     */
    @Test
    void aVerifierMatchesTheRfc() {
        Credentials.Scram made = ScramSha256.make("pencil", SALT, 4096);
        assertThat(made.encoded())
                .isEqualTo("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:"
                        + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=");
        assertThat(ScramSha256.matches(made, "pencil")).isTrue();
        assertThat(ScramSha256.matches(made, "pencils")).isFalse();
    }

    /** From the tests of the reference implementation (github.com/P-H-C/phc-winner-argon2, src/test.c). */
    @Test
    void aHashMatchesTheReferenceImplementation() {
        Credentials.Argon2id made = Argon2.make("password", "somesalt".getBytes(UTF_8), 256);
        assertThat(made.encoded())
                .isEqualTo("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4");
        assertThat(Argon2.matches(made, "password")).isTrue();
        assertThat(Argon2.matches(made, "Password")).isFalse();
    }

    @Test
    void encodedCredentialsCanBeParsed() {
        for (Credentials each : List.of(made(scram, "pencil"), made(argon2, "pencil"))) {
            assertThat(Credentials.parse(each.encoded())).isEqualTo(each);
            assertThat(each.toString()).doesNotContain(each.encoded());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pencil",
                "SCRAM-SHA-256$0:c2FsdA==$YQ==:YQ==",
                "SCRAM-SHA-1$4096:c2FsdA==$YQ==:YQ==",
                "$argon2i$v=19$m=64,t=2,p=1$c2FsdA$aGFzaA",
                "$argon2id$v=19$m=0,t=2,p=1$c2FsdA$aGFzaA"
            })
    void anythingButCredentialsIsRefused(String line) {
        assertThatThrownBy(() -> Credentials.parse(line)).isInstanceOf(IllegalArgumentException.class);
    }

    /**
     * RFC 4013 §3: a soft hyphen is removed, a Roman numeral nine becomes IX, and a non-breaking space becomes a
     * space.
     */
    @ParameterizedTest
    @ValueSource(strings = {"I\u00ADX:IX", "\u2168:IX", "\u00AA:a", "a\u00A0b:a b"})
    void passwordsThatNormalizeEquallyAreTheSame(String pair) {
        String[] both = pair.split(":", -1);
        for (Passwords each : new Passwords[] {scram, argon2}) {
            assertThat(each.matches(each.make(both[0]), both[1])).isTrue();
            assertThat(each.matches(each.make(both[1]), both[0])).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"пароль", "口令茶馆", "🍵🍵🍵🍵", "abc\u05D0def", "a\u0001b"})
    void aPasswordMayContainAnyText(String password) {
        assertThat(Passwords.isUsable(password)).isTrue();
        for (Passwords each : new Passwords[] {scram, argon2}) {
            assertThat(each.matches(each.make(password), password)).isTrue();
            assertThat(each.matches(each.make(password), password + "x")).isFalse();
        }
    }

    @Test
    void everyCharacterOfALongPasswordCounts() {
        String password = "é".repeat(300);
        assertThat(Passwords.isUsable(password)).isTrue();
        for (Passwords each : new Passwords[] {scram, argon2}) {
            Optional<Credentials> made = each.make(password);
            assertThat(each.matches(made, password)).isTrue();
            assertThat(each.matches(made, password.substring(1) + "e")).isFalse();
        }
    }

    @Test
    void aPasswordWithoutVisibleCharactersIsUnusable() {
        assertThat(Passwords.isUsable("")).isFalse();
        assertThat(scram.make("\u00AD\u200B")).isEmpty();
        assertThat(argon2.make("\u00AD\u200B")).isEmpty();
        assertThat(scram.matches(scram.make("pencil"), "\u00AD")).isFalse();
        assertThat(Passwords.isUsable("x".repeat(Passwords.MOST_CHARACTERS + 1)))
                .isFalse();
    }

    @Property(tries = 300)
    void noPasswordCausesAFailure(@ForAll String password) {
        Passwords cheap = new Passwords(1, 8);
        Optional<Credentials> made = cheap.make(password);
        assertThat(cheap.matches(made, password)).isEqualTo(made.isPresent());
    }

    @Test
    void withoutCredentialsNoPasswordMatches() {
        assertThat(scram.matches(Optional.empty(), "pencil")).isFalse();
        assertThat(argon2.matches(Optional.empty(), "pencil")).isFalse();
    }

    @Test
    void credentialsOfOtherSettingsAreNotCurrent() {
        Credentials verifier = made(scram, "pencil");
        Credentials hash = made(argon2, "pencil");
        assertThat(scram.isCurrent(verifier)).isTrue();
        assertThat(argon2.isCurrent(hash)).isTrue();
        assertThat(scram.isCurrent(hash)).isFalse();
        assertThat(argon2.isCurrent(verifier)).isFalse();
        assertThat(new Passwords(4097, 64).isCurrent(verifier)).isFalse();
        assertThat(new Passwords(0, 65).isCurrent(hash)).isFalse();
    }
}
