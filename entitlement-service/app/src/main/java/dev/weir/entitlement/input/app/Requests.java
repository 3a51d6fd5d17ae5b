package dev.weir.entitlement.input.app;

import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.PageRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What every resource does with the request that it is given. */
public final class Requests {
    private Requests() {}

    /** The body; 400 MALFORMED_BODY if there is none. */
    public static <T> T there(@Nullable T request) {
        if (request == null) {
            throw Problem.badRequest("MALFORMED_BODY", "a JSON object is needed");
        }
        return request;
    }

    /** The id at which the page before ended; null = from the beginning. */
    public static @Nullable UUID position(PageRequest page) {
        if (page.after() == null) {
            return null;
        }
        try {
            return UUID.fromString(Cursor.decode(page.after()));
        } catch (IllegalArgumentException e) {
            throw invalidCursor();
        }
    }

    /** The number at which the page before ended; null = from the beginning. */
    public static @Nullable Long number(PageRequest page) {
        if (page.after() == null) {
            return null;
        }
        try {
            return Long.valueOf(Cursor.decode(page.after()));
        } catch (NumberFormatException e) {
            throw invalidCursor();
        }
    }

    private static Problem invalidCursor() {
        return Problem.badRequest("INVALID_CURSOR", "the cursor is none that this list has given")
                .error("after", "INVALID_CURSOR", "is none that this list has given");
    }
}
