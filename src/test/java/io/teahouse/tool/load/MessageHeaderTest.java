package io.teahouse.tool.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageHeaderTest {
    private final MessageHeader header = new MessageHeader(new Random(7));

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 2, 3", "703710, 2882400001, 20015998343868", "1048575, 4294967295, 281474976710655"})
    void aWrittenHeaderCanBeRead(int sender, long seq, long time) {
        byte[] line = new byte[64];
        header.write(line, 'k', sender, seq, time);
        ByteBuffer in = ByteBuffer.allocateDirect(80).put(5, line);

        assertThat(header.isAt(in, 5)).isTrue();
        assertThat(MessageHeader.kind(in, 5)).isEqualTo('k');
        assertThat(MessageHeader.sender(in, 5)).isEqualTo(sender);
        assertThat(MessageHeader.seq(in, 5)).isEqualTo(seq);
        assertThat(MessageHeader.time(in, 5)).isEqualTo(time);
    }

    @Test
    void theNumbersAreHexAfterTheMarkerAndTheKind() {
        byte[] line = new byte[MessageHeader.LENGTH];
        header.write(line, 'm', 0xabcde, 0x12345678L, 0xfedcba987654L);
        assertThat(new String(line, StandardCharsets.US_ASCII)).matches("~[a-z]{6}mabcde12345678fedcba987654");
    }

    @Test
    void aHeaderIsFoundInTheMiddleOfALine() {
        byte[] line = new byte[MessageHeader.LENGTH];
        header.write(line, 'm', 1, 2, 3);
        ByteBuffer in = ByteBuffer.allocate(100).put(11, line);
        assertThat(header.find(in, 0, 100)).isEqualTo(11);
    }

    @Test
    void anIncompleteHeaderIsNotFound() {
        byte[] line = new byte[MessageHeader.LENGTH];
        header.write(line, 'm', 1, 2, 3);
        ByteBuffer in = ByteBuffer.allocate(100).put(11, line);
        assertThat(header.find(in, 0, 11 + MessageHeader.LENGTH - 1)).isEqualTo(-1);
    }

    @Test
    void aHeaderOfAnotherRunIsNotFound() {
        byte[] line = new byte[64];
        new MessageHeader(new Random(8)).write(line, 'm', 1, 2, 3);
        assertThat(header.isAt(ByteBuffer.wrap(line), 0)).isFalse();
    }
}
