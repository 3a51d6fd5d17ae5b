package dev.weir.gateway.check.rest;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.gateway.engine.CustomerEntitlements;
import dev.weir.gateway.engine.EntitlementState;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.Cursor;
import dev.weir.platform.servicekit.web.PageRequest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of a customer's features are wanted.
 *
 * @param type null = of any type
 * @param granted null = granted or not
 * @param limit null = all at once
 * @param after the feature after which to go on; null = from the first
 */
record Selection(
        @Nullable FeatureType type,
        @Nullable Boolean granted,
        @Nullable Integer limit,
        @Nullable String after) {

    /** Reads query parameters; what is wrong is refused with a problem. */
    static Selection of(
            @Nullable String type, @Nullable Boolean granted, @Nullable Integer limit, @Nullable String after) {
        if (limit != null) {
            PageRequest.of(limit, after);
        }
        return new Selection(
                type == null ? null : type(type), granted, limit, after == null ? null : Cursor.decode(after));
    }

    private static FeatureType type(String text) {
        return Arrays.stream(FeatureType.values())
                .filter(type -> type.name().equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("INVALID_VALUE", text + " is no type of a feature")
                        .error("type", "INVALID_VALUE", "must be one of " + List.of(FeatureType.values())));
    }

    /** Those that are wanted, in the order of their keys. */
    CustomerEntitlements of(CustomerEntitlements all) {
        List<EntitlementState> wanted = all.items().stream()
                .filter(item -> type == null || item.type() == type)
                .filter(item -> granted == null || item.granted() == granted)
                .filter(item -> after == null || item.feature().compareTo(after) > 0)
                .toList();
        int most = limit == null ? wanted.size() : limit;
        boolean more = wanted.size() > most;
        List<EntitlementState> page = more ? wanted.subList(0, most) : wanted;
        return new CustomerEntitlements(
                all.customer(),
                all.subscribed(),
                page,
                more ? Cursor.encode(page.getLast().feature()) : null,
                all.wallets(),
                all.snapshotVersion(),
                all.asOf(),
                all.stale());
    }
}
