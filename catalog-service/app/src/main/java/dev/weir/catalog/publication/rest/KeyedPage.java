package dev.weir.catalog.publication.rest;

import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.Page;
import dev.weir.platform.servicekit.web.PageRequest;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** A page of a list that is small enough to be in memory, by key. */
final class KeyedPage {

    private KeyedPage() {}

    static <T> Page<T> of(List<T> all, PageRequest request, Function<T, String> key) {
        String cursor = request.after();
        String after = cursor == null ? "" : Cursor.decode(cursor);
        List<T> rows = all.stream()
                .sorted(Comparator.comparing(key))
                .filter(each -> key.apply(each).compareTo(after) > 0)
                .limit(request.limit() + 1L)
                .toList();
        return Page.of(rows, request, Function.identity(), each -> Cursor.encode(key.apply(each)));
    }
}
