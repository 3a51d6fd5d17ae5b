package dev.weir.platform.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.servicekit.events.Envelope;
import dev.weir.platform.servicekit.events.EventConsumer;
import dev.weir.platform.servicekit.events.EventConsumer.Delivery;
import dev.weir.platform.servicekit.events.EventKind;
import io.quarkus.arc.Arc;
import java.time.Instant;

/** Delivers events to the service under test as its broker would, and returns when they are handled. */
public final class TestEvents {

    private static final String PREFIX = "dev.weir.";
    private static final String SUFFIX = ".v1";

    private TestEvents() {}

    /** Delivers a state; the type is {@code dev.weir.<context>.<name>.v1}. */
    public static Delivery deliver(String type, String subject, long version, Object body) {
        return deliver(Envelope.write(
                name(type), subject + "@" + version, subject, Instant.now(), EventKind.STATE, version, json(body)));
    }

    /** Delivers a fact; the type is {@code dev.weir.<context>.<name>.v1}. */
    public static Delivery deliver(String type, String subject, String id, Object body) {
        return deliver(Envelope.write(name(type), id, subject, Instant.now(), EventKind.FACT, 0, json(body)));
    }

    /** Delivers a message as it is. */
    public static Delivery deliver(byte[] payload) {
        return Arc.container().instance(EventConsumer.class).get().deliver(payload);
    }

    private static String name(String type) {
        if (!type.startsWith(PREFIX) || !type.endsWith(SUFFIX)) {
            throw new IllegalArgumentException("a type is dev.weir.<context>.<name>.v1: " + type);
        }
        return type.substring(PREFIX.length(), type.length() - SUFFIX.length());
    }

    private static String json(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body cannot be written as JSON", e);
        }
    }
}
