package io.teahouse.wire.plain;

import static org.assertj.core.api.Assertions.assertThat;

import akka.util.ByteString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TypedLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login ann secret",
                " /login ann secret",
                "\t/login ann secret ",
                "\uFEFF/login ann secret",
                "\u00A0/login ann secret",
                "\u3000\u200B/login ann secret",
                "\u2800\u3164/login ann secret",
                "\uFFFD/login ann secret",
                "\uFFFD[A/login ann secret",
                "\uFFFD[200~\uFFFDOP /login ann secret",
                "\u0301/login ann secret",
                "\uFE0F/login ann secret",
                "\uFF0Flogin ann secret",
                "\u2215login\u00A0ann secret"
            })
    void invisibleCharactersBeforeACommandDoNotMakeItAMessage(String text) {
        TypedLine line = new TypedLine(text);
        assertThat(line.isCommand()).isTrue();
        assertThat(line.command()).isEqualTo("/login");
        assertThat(line.argument()).isEqualTo("ann secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\login ann secret",
                ".login x",
                "7login ann secret",
                "\"/login ann secret\"",
                "> /login ann secret",
                "$ /login x",
                "x/login x"
            })
    void aMistypedLoginIsNotSent(String text) {
        assertThat(new TypedLine(text).isMistypedLogin() || new TypedLine(text).isCommand())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hi\uFFFD/login ann secret",
                "/me waves\uFFFD\uFFFD /login ann secret",
                "hi\uFFFD.login ann secret"
            })
    void aLoginAfterALostLineBreakIsFound(String text) {
        assertThat(new TypedLine(text).containsLogin()).isTrue();
        assertThat(new TypedLine("/login ann two\uFFFDlines").containsLogin()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hi", "login does not work", "...", "(login)", "and/or", "3 registers", "- login", "//login x"})
    void ordinaryTextIsSent(String text) {
        TypedLine line = new TypedLine(text);
        assertThat(line.isCommand()).isFalse();
        assertThat(line.isMistypedLogin()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"login ann secret", "LOGIN secret", " register secret", "identify secret "})
    void aLoginWithoutItsSlashIsRecognised(String text) {
        assertThat(new TypedLine(text).isBareLogin()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "login does not work", "hi ann", "", "logins are down", "/login ann secret"})
    void otherLinesAreNotLogins(String text) {
        assertThat(new TypedLine(text).isBareLogin()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ab\bc,ac",
        "ab\u007Fc,ac",
        "\b\bab,ab",
        "a\b\b\bbc,bc",
        "\u00c3\u00a9\bx,x", // é, in UTF-8
        "\u00f0\u009f\u0098\u0080\bx,x", // an emoji
        "ab\u00ff\u00f7c,ac", // IAC EC
        "ab\u00ff\u00f8c,c", // IAC EL
        "ab\u0015c,c", // Ctrl-U
        "a\u0007\bb,a\u0007\bb" // nothing printable to erase
    })
    void erasedCharactersAreRemoved(String typed, String left) {
        ByteString line = ByteString.fromArray(typed.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(TypedLine.edited(line).decodeString(StandardCharsets.ISO_8859_1))
                .isEqualTo(left);
    }
}
