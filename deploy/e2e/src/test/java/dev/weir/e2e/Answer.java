package dev.weir.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.Duration;

/** What the gateway answered, and how long it took. */
record Answer(String call, int status, HttpHeaders headers, JsonNode body, Duration took) {

    /** This answer, if its status is the one given; else the test fails and shows what came instead. */
    Answer is(int expected) {
        assertThat(status).as("%s answered %s", call, body).isEqualTo(expected);
        return this;
    }

    /** This problem, if status and code are those given. */
    Answer isProblem(int expected, String code) {
        is(expected);
        assertThat(text("code")).as("%s answered %s", call, body).isEqualTo(code);
        assertThat(header("Content-Type")).as(call).startsWith("application/problem+json");
        return this;
    }

    /** This answer, if the write that it answers is visible everywhere already. */
    Answer isVisible() {
        assertThat(header("Weir-Pending")).as("Weir-Pending of %s", call).isNotEqualTo("true");
        return this;
    }

    JsonNode at(String pointer) {
        return body.at(pointer);
    }

    String text(String field) {
        return body.path(field).asText();
    }

    BigDecimal decimal(String pointer) {
        JsonNode node = body.at(pointer);
        assertThat(node.isValueNode())
                .as("%s of %s, which answered %s", pointer, call, body)
                .isTrue();
        return new BigDecimal(node.asText());
    }

    /** A header, empty if it is not there. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
