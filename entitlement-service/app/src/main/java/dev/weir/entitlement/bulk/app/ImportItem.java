package dev.weir.entitlement.bulk.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.allowance.app.CreditsRequest;
import dev.weir.entitlement.allowance.app.EntitlementRequest;
import dev.weir.entitlement.subscription.app.AddonRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One customer of an import with what it has. Each part bears a key of the caller's own, by which a repeated import knows it.
 */
public record ImportItem(
        @Nullable String customer,
        @Nullable String name,
        @Nullable String timeZone,
        @Nullable String country,
        @Nullable String currency,
        @Nullable String parent,
        @Nullable Map<String, JsonNode> metadata,
        @Nullable List<Subscription> subscriptions,
        @Nullable List<Promotion> promotions,
        @Nullable List<Override> overrides,
        @Nullable List<PriceOverride> priceOverrides) {

    /** As {@code POST .../subscriptions} takes it; {@code start} may lie in the past. */
    @Schema(name = "ImportedSubscription")
    public record Subscription(
            @Nullable String key,
            @Nullable String plan,
            @Nullable Integer version,
            @Nullable List<AddonRequest> addons,
            @Nullable Boolean trial,
            @Nullable String start,
            @Nullable String end,
            @Nullable String anchor,
            @Nullable String resource,
            @Nullable String coupon) {}

    /** As {@code POST .../promotions} takes it. */
    @Schema(name = "ImportedPromotion")
    public record Promotion(
            @Nullable String key,
            @Nullable String feature,
            @Nullable EntitlementRequest entitlement,
            @Nullable CreditsRequest credits,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String reason) {}

    /** As {@code POST .../overrides} takes it. */
    @Schema(name = "ImportedOverride")
    public record Override(
            @Nullable String key,
            @Nullable String feature,
            @Nullable EntitlementRequest entitlement,
            @Nullable Boolean revoke,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String reason) {}

    /** As {@code POST .../price-overrides} takes it. */
    @Schema(name = "ImportedPriceOverride")
    public record PriceOverride(
            @Nullable String key,
            @Nullable String plan,
            @Nullable String addon,
            @Nullable String charge,
            @Schema(implementation = Object.class) @Nullable JsonNode price,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String reason) {}
}
