package dev.weir.entitlement.allowance.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.catalog.contract.Effect;
import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.Then;
import dev.weir.entitlement.allowance.domain.Grant;
import dev.weir.entitlement.input.domain.Decimals;
import dev.weir.entitlement.input.domain.Faults;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is given, as in the catalog. Amounts may be numbers or decimal texts.
 *
 * @param limit of a METERED feature; unlimited unless given
 * @param every ISO 8601; unless given as the customer's limit resets now
 * @param overageCap bounds a SOFT limit
 * @param value of a CONFIG feature
 * @param effect INCREMENT adds to the limit; else it is a value of its own
 */
public record EntitlementRequest(
        @Schema(implementation = String.class) @Nullable JsonNode limit,
        @Nullable String every,
        @Nullable OnLimit onLimit,
        @Schema(implementation = String.class) @Nullable JsonNode overageCap,
        @Nullable ThenRequest then,
        @Schema(implementation = String.class) @Nullable JsonNode value,
        @Nullable Effect effect) {

    /** What follows the limit: so many credits of a unit for each further one. */
    public record ThenRequest(
            @Nullable String unit,
            @Schema(implementation = String.class) @Nullable JsonNode per) {}

    Grant grant(Faults faults) {
        return new Grant(
                Decimals.read(limit, "entitlement.limit", faults),
                every,
                onLimit,
                Decimals.read(overageCap, "entitlement.overageCap", faults),
                next(faults),
                text(faults),
                effect);
    }

    private @Nullable Then next(Faults faults) {
        if (then == null) {
            return null;
        }
        faults.catalogKey("entitlement.then.unit", then.unit());
        BigDecimal per = Decimals.read(then.per(), "entitlement.then.per", faults);
        if (per == null) {
            faults.required("entitlement.then.per");
        }
        return then.unit() == null || per == null ? null : new Then(then.unit(), per);
    }

    private @Nullable String text(Faults faults) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && (!value.isNumber() || Decimals.isHuge(value))) {
            faults.add("entitlement.value", "INVALID_VALUE", "must be a text or a number");
            return null;
        }
        return value.isNumber() ? value.decimalValue().toPlainString() : value.textValue();
    }
}
