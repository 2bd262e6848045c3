package io.teahouse.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.teahouse.testkit.Some;
import io.teahouse.testkit.TestRoom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RenderingsTest {
    private final Renderings renderings = new Renderings();
    private final AtomicInteger rendered = new AtomicInteger();

    private String of(String variant) {
        return renderings.of(variant, String.class, () -> variant + rendered.incrementAndGet());
    }

    @Test
    void oneVariantIsRenderedOnce() {
        String first = of("plain");
        assertThat(of("plain")).isSameAs(first);
        assertThat(rendered).hasValue(1);
    }

    @Test
    void eachVariantHasItsOwn() {
        assertThat(of("plain")).isEqualTo("plain1");
        assertThat(of("irc")).isEqualTo("irc2");
        assertThat(of("plain")).isEqualTo("plain1");
    }

    @Test
    void aFailedRenderingIsRetried() {
        assertThatThrownBy(() -> renderings.of("plain", String.class, () -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(of("plain")).isEqualTo("plain1");
    }

    @Test
    void anotherBatchStartsWithNone() {
        EventBatch one = new EventBatch(TestRoom.TEA, List.of(Some.said(1, "ann", "hi")));
        EventBatch same = new EventBatch(TestRoom.TEA, one.events());
        assertThat(one.renderings().of("plain", String.class, () -> "one")).isEqualTo("one");
        assertThat(same.renderings().of("plain", String.class, () -> "same")).isEqualTo("same");
    }
}
