package dev.weir.entitlement.price.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceRating;
import dev.weir.catalog.contract.PriceTier;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.input.domain.Moment;
import dev.weir.platform.kernel.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A price for one customer, in place of what a charge costs in the catalog.
 *
 * @param plan or {@code addon}: whose charge it is
 * @param charge the charge's key
 * @param price as in the catalog, of the charge's model
 * @param from now unless given; not in the past
 * @param to open unless given
 */
public record PriceOverrideRequest(
        @Nullable String plan,
        @Nullable String addon,
        @Nullable String charge,
        @Schema(implementation = Price.class) @Nullable JsonNode price,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String reason) {

    /** The wish; 400 with everything that is wrong with it. */
    public MakePriceOverride wish(String customer, String author) {
        Faults faults = new Faults();
        faults.customerId("customer", customer);
        if ((plan == null) == (addon == null)) {
            faults.add("plan", "REQUIRED", "or addon must be given, and not both");
        } else {
            faults.catalogKey(plan == null ? "addon" : "plan", plan == null ? addon : plan);
        }
        faults.catalogKey("charge", charge);
        Price read = price(faults).orElse(null);
        Instant begins = moment("from", from, faults);
        Instant ends = moment("to", to, faults);
        if (reason == null) {
            faults.required("reason");
        }
        faults.text("reason", reason);
        faults.refuse();
        return new MakePriceOverride(
                customer,
                plan,
                addon,
                Objects.requireNonNull(charge),
                Objects.requireNonNull(read),
                begins,
                ends,
                Objects.requireNonNull(reason),
                author);
    }

    private Optional<Price> price(Faults faults) {
        if (price == null || !price.isObject()) {
            faults.add("price", "REQUIRED", "must be a price as in the catalog");
            return Optional.empty();
        }
        for (String needed : new String[] {"model", "currency"}) {
            if (!price.path(needed).isTextual()) {
                faults.required("price." + needed);
                return Optional.empty();
            }
        }
        if (hasNegative(price)) {
            faults.add("price", "INVALID_VALUE", "must have no negative member");
            return Optional.empty();
        }
        try {
            Price read = Json.mapper().treeToValue(price, Price.class);
            Currency.getInstance(read.currency());
            // Rating refuses what does not hold together: a member that the model needs, a package of nothing.
            PriceRating.rate(read, BigDecimal.ONE, BigDecimal.ONE, 1);
            if (ascend(read.tiers())) {
                return Optional.of(read);
            }
            faults.add("price.tiers", "INVALID_VALUE", "must ascend, and only the last must be open");
        } catch (JsonProcessingException unreadable) {
            faults.add("price", "INVALID_VALUE", "is no price: " + unreadable.getOriginalMessage());
        } catch (IllegalArgumentException | ArithmeticException invalid) {
            faults.add("price", "INVALID_VALUE", "does not hold together: " + invalid.getMessage());
        }
        return Optional.empty();
    }

    private static boolean hasNegative(JsonNode node) {
        if (node.isValueNode()) {
            return node.asText().startsWith("-");
        }
        for (JsonNode child : node) {
            if (hasNegative(child)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ascend(List<PriceTier> tiers) {
        BigDecimal before = BigDecimal.ZERO;
        for (int i = 0; i < tiers.size(); i++) {
            BigDecimal upTo = tiers.get(i).upTo();
            boolean last = i == tiers.size() - 1;
            if (upTo == null ? !last : last || upTo.compareTo(before) <= 0) {
                return false;
            }
            before = upTo == null ? before : upTo;
        }
        return true;
    }

    private static @Nullable Instant moment(String field, @Nullable Instant instant, Faults faults) {
        if (instant == null) {
            return null;
        }
        Optional<Instant> checked = Moment.checked(instant);
        if (checked.isEmpty()) {
            faults.add(field, "INVALID_VALUE", "must lie in the years 2000 to 2199");
        }
        return checked.orElse(null);
    }
}
