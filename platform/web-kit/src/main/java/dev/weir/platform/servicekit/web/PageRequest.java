package dev.weir.platform.servicekit.web;

import dev.weir.platform.kernel.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Which page is wanted.
 *
 * @param limit how many items at most, 1 to 500
 * @param after the cursor of the page before, null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {

    /** How many items a page has unless the caller says otherwise. */
    public static final int STANDARD_LIMIT = 50;

    /** How many items a page has at most. */
    public static final int MAX_LIMIT = 500;

    /** Refuses a limit outside 1 to 500 with a problem. */
    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.badRequest("INVALID_VALUE", "limit must be 1 to " + MAX_LIMIT)
                    .error("limit", "OUT_OF_RANGE", "must be 1 to " + MAX_LIMIT);
        }
    }

    /** The request out of query parameters, which may be absent. */
    public static PageRequest of(@Nullable Integer limit, @Nullable String after) {
        return new PageRequest(limit == null ? STANDARD_LIMIT : limit, after);
    }
}
