package dev.weir.metering.event.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.metering.event.domain.ReadEvent.Fault;
import dev.weir.metering.event.domain.ReadEvent.Malformed;
import dev.weir.metering.event.domain.ReadEvent.WellFormed;
import dev.weir.platform.kernel.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventReaderTest {

    @Test
    void readsAnEventWithExtensions() {
        ReadEvent read = read("""
                {"specversion": "1.0", "id": "1", "source": "/app", "type": "api.request", "subject": "acme",
                 "time": "2026-03-01T12:00:00.123456789+01:00", "resource": "eu", "traceparent": "x", "data": {"path": "/"}}""");

        ReportedEvent event = ((WellFormed) read).event();
        assertThat(event.time()).isEqualTo(Instant.parse("2026-03-01T11:00:00.123456Z"));
        assertThat(event.resource()).isEqualTo("eu");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"source":"s","type":"t","subject":"c"}                                       | id
            {"id":"1","type":"t","subject":"c"}                                           | source
            {"id":"1","source":"s","subject":"c"}                                         | type
            {"id":"1","source":"s","type":"t"}                                            | subject
            {"id":"1","source":"s","type":"t","subject":"no customer"}                    | subject
            {"id":"1","source":"weir:reservation","type":"t","subject":"c"}               | source
            {"id":1,"source":"s","type":"t","subject":"c"}                                | id
            {"id":"1","source":"s","type":"t","subject":"c","specversion":"0.3"}          | specversion
            {"id":"1","source":"s","type":"t","subject":"c","time":"yesterday"}           | time
            {"id":"1","source":"s","type":"t","subject":"c","data":[1]}                   | data
            {"id":"1","source":"s","type":"t","subject":"c","data":{"n":1e99999}}         | data.n
            {"id":"1","source":"s","type":"t","subject":"c","data":{"n":"\\u0000"}}       | data.n
            {"id":"1","source":"s","type":"t","subject":"c","data_base64":"AAAA"}         | data_base64
            """)
    void namesTheAttributeThatIsWrong(String json, String field) {
        ReadEvent read = read(json);

        assertThat(((Malformed) read).faults()).extracting(Fault::field).containsExactly(field);
    }

    @Test
    void namesEveryFault() {
        ReadEvent read = read("{}");

        assertThat(((Malformed) read).faults())
                .extracting(Fault::field)
                .containsExactly("id", "source", "type", "subject");
    }

    private static ReadEvent read(String json) {
        try {
            return CloudEventReader.read(Json.mapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
