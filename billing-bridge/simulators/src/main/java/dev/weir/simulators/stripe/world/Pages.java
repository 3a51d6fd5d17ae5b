package dev.weir.simulators.stripe.world;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.simulators.stripe.wire.Json;
import dev.weir.simulators.stripe.wire.Params;
import dev.weir.simulators.stripe.wire.StripeError;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cursor paging: {@code limit}, {@code starting_after}, {@code ending_before}, {@code has_more}. */
public final class Pages {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    private Pages() {}

    /**
     * One page of a list.
     *
     * @param newestFirst all that the filters let through, in list order
     * @throws StripeError if the limit is out of range or a cursor names nothing in the list
     */
    public static ObjectNode page(Stream<ObjectNode> newestFirst, Params params, String url) {
        Long asked = params.number("limit");
        if (asked != null && (asked < 1 || asked > MAX_LIMIT)) {
            throw StripeError.invalid("limit", "Invalid limit: must be between 1 and " + MAX_LIMIT);
        }
        int limit = asked == null ? DEFAULT_LIMIT : asked.intValue();
        List<ObjectNode> all = newestFirst.filter(created(params)).toList();
        String after = params.text("starting_after");
        String before = params.text("ending_before");
        if (after != null && before != null) {
            throw StripeError.invalid("ending_before", "You may only specify one of: ending_before, starting_after.");
        }
        int from = after == null ? 0 : index(all, after, "starting_after") + 1;
        int to = Math.min(from + limit, all.size());
        boolean more = to < all.size();
        if (before != null) {
            to = index(all, before, "ending_before");
            from = Math.max(0, to - limit);
            more = from > 0;
        }
        ObjectNode page = Json.list(url, all.subList(from, to));
        page.put("has_more", more);
        return page;
    }

    /** Lets through what has this value in the field, or everything where the filter is not given. */
    public static Predicate<ObjectNode> where(String field, @Nullable String value) {
        return document -> value == null || Objects.equals(value, Json.text(document, field));
    }

    private static Predicate<ObjectNode> created(Params params) {
        Long gte = null;
        Long gt = null;
        Long lte = null;
        Long lt = null;
        if (params.map("created").isEmpty()) {
            gte = params.number("created");
            lte = gte;
        } else {
            gte = params.number("created.gte");
            gt = params.number("created.gt");
            lte = params.number("created.lte");
            lt = params.number("created.lt");
        }
        long from = Math.max(gte == null ? Long.MIN_VALUE : gte, gt == null ? Long.MIN_VALUE : gt + 1);
        long to = Math.min(lte == null ? Long.MAX_VALUE : lte, lt == null ? Long.MAX_VALUE : lt - 1);
        return document -> {
            long created = document.has("created") ? Json.number(document, "created") : Json.number(document, "date");
            return from <= created && created <= to;
        };
    }

    private static int index(List<ObjectNode> all, String id, String param) {
        for (int i = 0; i < all.size(); i++) {
            if (id.equals(Json.text(all.get(i), "id"))) {
                return i;
            }
        }
        throw StripeError.refused("resource_missing", param, "No such object: '" + id + "'");
    }
}
