package dev.weir.ledger.credit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.ledger.credit.rest.GrantRequest.Cost;
import dev.weir.ledger.posting.app.Inputs;
import dev.weir.ledger.posting.domain.ByHand;
import dev.weir.platform.kernel.CatalogKey;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what people write when they correct wallets, and says which field is wrong. */
final class AdjustmentConvert {
    private static final int LONGEST = 255;
    private static final int RATE_SCALE = 18;
    private static final BigDecimal RATE_MOST = BigDecimal.TEN.pow(9);

    private AdjustmentConvert() {}

    static @Nullable BigDecimal amount(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : Inputs.decimal("amount", node);
    }

    static BigDecimal required(String field, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            throw Inputs.invalid(field, "REQUIRED", "say how much");
        }
        return Inputs.decimal(field, node);
    }

    static BigDecimal rate(@Nullable JsonNode node) {
        BigDecimal rate = required("rate", node);
        if (rate.signum() <= 0 || rate.stripTrailingZeros().scale() > RATE_SCALE || rate.compareTo(RATE_MOST) > 0) {
            throw Inputs.invalid("rate", "INVALID_VALUE", "more than 0, at most 10^9, with at most 18 decimals");
        }
        return rate;
    }

    static ByHand.@Nullable Money money(@Nullable Cost cost) {
        return cost == null
                ? null
                : new ByHand.Money(GrantConvert.minor("money", cost), String.valueOf(cost.currency()));
    }

    /** A text that must be there. */
    static String text(String field, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw Inputs.invalid(field, "REQUIRED", "must not be blank");
        }
        if (text.length() > LONGEST) {
            throw Inputs.invalid(field, "INVALID_VALUE", "at most " + LONGEST + " characters");
        }
        return text;
    }

    static @Nullable String key(String field, @Nullable String key) {
        if (key != null && !CatalogKey.isValid(key)) {
            throw Inputs.invalid(field, "INVALID_KEY", "not a catalog key");
        }
        return key;
    }

    static String requiredKey(String field, @Nullable String key) {
        if (key == null || !CatalogKey.isValid(key)) {
            throw Inputs.invalid(field, key == null ? "REQUIRED" : "INVALID_KEY", "name a catalog key");
        }
        return key;
    }

    /** A block's id in a path. */
    static UUID block(String block) {
        try {
            return UUID.fromString(block);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("UNKNOWN_BLOCK", "not a block's id");
        }
    }
}
