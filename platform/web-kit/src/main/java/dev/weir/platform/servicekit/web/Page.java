package dev.weir.platform.servicekit.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param items the items
 * @param next the cursor of the next page, null on the last one
 */
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /** The page out of rows that were read with one more than the limit; that one only tells that there is a next page. */
    public static <R, T> Page<T> of(
            List<R> rows, PageRequest request, Function<R, T> item, Function<R, String> cursor) {
        boolean more = rows.size() > request.limit();
        List<R> shown = more ? rows.subList(0, request.limit()) : rows;
        return new Page<>(shown.stream().map(item).toList(), more ? cursor.apply(shown.getLast()) : null);
    }
}
