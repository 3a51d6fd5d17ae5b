package dev.weir.metering.event.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.platform.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventContentTest {

    private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void numbersAreComparedByValueEvenAsText() {
        EventContent number = content(data().put("n", new BigDecimal("1.50")), TIME);

        EventContent text = content(data().put("n", "1.5"), TIME);

        assertThat(number.agreesWith(text)).isTrue();
    }

    @Test
    void whatOneSideDoesNotSayIsNoContradiction() {
        EventContent full = content(data().put("n", 1), TIME);

        EventContent bare = content(null, null);

        assertThat(full.agreesWith(bare)).isTrue();
    }

    @Test
    void otherDataOrTimeContradict() {
        EventContent one = content(data().put("n", 1), TIME);

        assertThat(one.agreesWith(content(data().put("n", 2), TIME))).isFalse();
        assertThat(one.agreesWith(content(data().put("n", 1), TIME.plusSeconds(1))))
                .isFalse();
    }

    private static EventContent content(
            @org.jspecify.annotations.Nullable ObjectNode data, @org.jspecify.annotations.Nullable Instant time) {
        return EventContent.of("t", "acme", null, data, time);
    }

    private static ObjectNode data() {
        return Json.mapper().createObjectNode();
    }
}
