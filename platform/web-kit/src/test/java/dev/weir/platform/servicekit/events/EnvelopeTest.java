package dev.weir.platform.servicekit.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    private static final Instant TIME = Instant.parse("2026-11-24T10:00:00Z");

    record Body(String unit) {}

    @Test
    void theWireFormStays() {
        byte[] wire = Envelope.write("ledger.wallet", "w1@7", "w1", TIME, EventKind.STATE, 7, "{\"unit\":\"ai\"}");

        assertThat(new String(wire, UTF_8))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"w1@7\",\"source\":\"/weir/ledger\","
                        + "\"type\":\"dev.weir.ledger.wallet.v1\",\"subject\":\"w1\",\"time\":\"2026-11-24T10:00:00Z\","
                        + "\"datacontenttype\":\"application/json\",\"weirkind\":\"STATE\",\"weirversion\":7,"
                        + "\"data\":{\"unit\":\"ai\"}}");
        assertThat(Envelope.routingKey("ledger.wallet", "7f")).isEqualTo("ledger.wallet.v1.7f");
    }

    @Test
    void whatIsWrittenIsRead() {
        IncomingEvent event = Envelope.read(Envelope.write(
                "ledger.settled", "f\"1", "w/1", TIME, EventKind.FACT, 0, "{\"unit\":\"ai\",\"added\":[1]}"));

        assertThat(event.id()).isEqualTo("f\"1");
        assertThat(event.subject()).isEqualTo("w/1");
        assertThat(event.time()).isEqualTo(TIME);
        assertThat(event.kind()).isEqualTo(EventKind.FACT);
        assertThat(event.dataAs(Body.class)).isEqualTo(new Body("ai"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{}",
                "{\"id\":\"a\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"s\",\"time\":\"2026-11-24T10:00:00Z\",\"weirkind\":\"STATE\",\"data\":{}}",
                "{\"id\":\"a\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"s\",\"time\":\"yesterday\",\"weirkind\":\"FACT\",\"data\":{}}",
                "{\"id\":\"a\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"s\",\"time\":\"2026-11-24T10:00:00Z\",\"weirkind\":\"RUMOUR\",\"data\":{}}",
                "{\"id\":\"a\",\"source\":\"s\",\"type\":\"t\",\"subject\":\"s\",\"time\":\"2026-11-24T10:00:00Z\",\"weirkind\":\"FACT\"}"
            })
    void whatIsNoEventIsRefused(String message) {
        assertThatThrownBy(() -> Envelope.read(message.getBytes(UTF_8))).isInstanceOf(MalformedEventException.class);
    }
}
