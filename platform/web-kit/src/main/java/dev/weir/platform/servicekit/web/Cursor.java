package dev.weir.platform.servicekit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** Where a page ended: the sort key of its last item, opaque to the caller. */
public final class Cursor {

    private static final TypeReference<List<String>> PARTS = new TypeReference<>() {};

    private Cursor() {}

    /** The cursor of a sort key. */
    public static String encode(String... parts) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Json.mapper().writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can always be written", e);
        }
    }

    /** The sort key of a cursor that has this many parts; anything else is refused with a problem. */
    public static List<String> decode(String cursor, int size) {
        List<String> parts;
        try {
            parts = Json.mapper().readValue(Base64.getUrlDecoder().decode(cursor), PARTS);
        } catch (IOException | IllegalArgumentException e) {
            throw invalid();
        }
        if (parts.size() != size || parts.stream().anyMatch(Objects::isNull)) {
            throw invalid();
        }
        return List.copyOf(parts);
    }

    /** The only part of a cursor that has one. */
    public static String decode(String cursor) {
        return decode(cursor, 1).getFirst();
    }

    private static Problem invalid() {
        return Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given")
                .error("after", "INVALID_CURSOR", "is none that this list has given");
    }
}
