package io.teahouse.tool.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IrcLineTest {
    @Test
    void aLineIsParsed() {
        IrcLine line = IrcLine.parse("@msgid=a-1;time=2026-11-24T12:00:00.000Z;bot :ann!u@h PRIVMSG #tea :hi : there");
        assertThat(line.tag("msgid")).isEqualTo("a-1");
        assertThat(line.tags()).containsKey("bot");
        assertThat(line.source()).isEqualTo("ann");
        assertThat(line.command()).isEqualTo("PRIVMSG");
        assertThat(line.params()).containsExactly("#tea", "hi : there");
    }

    @Test
    void mostPartsOfALineAreOptional() {
        assertThat(IrcLine.parse("").command()).isEmpty();
        assertThat(IrcLine.parse("PING").params()).isEmpty();
        assertThat(IrcLine.parse(":srv 366 ann #tea :").params()).containsExactly("ann", "#tea", "");
        assertThat(IrcLine.parse("PING x").param(1)).isEmpty();
    }
}
