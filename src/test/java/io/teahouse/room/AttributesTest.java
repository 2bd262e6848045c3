package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private static Map<String, String> three() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("c", "1");
        values.put("a", "");
        values.put("b", "3");
        return values;
    }

    @Test
    void attributesAreOrderedAndImmutable() {
        Map<String, String> given = three();
        Attributes attributes = Attributes.of(given);
        given.clear();
        assertThat(attributes.values()).containsExactlyEntriesOf(three());
        assertThatThrownBy(() -> attributes.values().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void emptyAttributesAreOneObject() {
        assertThat(Attributes.of(new LinkedHashMap<>())).isSameAs(Attributes.NONE);
        assertThat(new Attributes(Map.of("a", "")).without("a")).isSameAs(Attributes.NONE);
        assertThat(Attributes.NONE.bytes()).isZero();
    }

    @Test
    void oneAttributeIsRemoved() {
        Attributes attributes = Attributes.of(three());
        assertThat(attributes.without("a").values().keySet()).containsExactly("c", "b");
        assertThat(attributes.without("x")).isSameAs(attributes);
        assertThat(attributes.get("b")).isEqualTo("3");
        assertThat(attributes.get("x")).isEmpty();
    }

    /** Many short ones take more memory than their text. */
    @Test
    void theSizeIncludesTheOverheadOfEachAttribute() {
        assertThat(Attributes.of(three()).bytes()).isGreaterThan(3 * 100);
        assertThat(new Attributes(Map.of("a", "x".repeat(1000))).bytes()).isBetween(2000L, 3000L);
    }
}
