package dev.weir.entitlement.sql.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.platform.kernel.Json;

/** What JSON columns hold. Readers are lenient, so that an older instance can read what a newer one wrote. */
public final class JsonColumn {
    private JsonColumn() {}

    /** The text of a value. */
    public static String write(Object value) {
        try {
            return Json.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value could not be written as JSON", e);
        }
    }

    /** The value of a text. */
    public static <T> T read(String json, Class<T> type) {
        try {
            return Json.lenientMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " could not be read", e);
        }
    }

    /** The value of a text. */
    public static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.lenientMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored " + type.getType() + " could not be read", e);
        }
    }
}
