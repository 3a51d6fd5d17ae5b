package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.CreditCost;
import dev.weir.catalog.contract.CreditRating;
import dev.weir.catalog.contract.FeatureType;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import java.math.BigDecimal;

/** From what a caller measures to the feature's own measure. */
final class Quantities {
    /** The largest single quantity: a thousandth of what fits, so that sums and products of a wallet do not overflow. */
    private static final long MOST = Long.MAX_VALUE / 1_000;

    private Quantities() {}

    /** The answer. */
    sealed interface Amount {
        /** Atoms, 0 or more. */
        record Atomic(long atoms) implements Amount {}

        /** The rate table has no price for it. */
        record NoPrice(String why) implements Amount {}

        /** Not usable. */
        record Invalid(String field, String code, String why) implements Amount {}
    }

    static Amount of(Measure measure, Terms terms) {
        return switch (measure) {
            case Measure.Quantity quantity -> quantity(quantity.value(), terms.scale());
            case Measure.Dimensions dimensions -> {
                if (terms.type() != FeatureType.CREDIT) {
                    yield new Amount.Invalid(
                            "dimensions", "INVALID_VALUE", "a METERED feature takes a quantity, not dimensions");
                }
                yield switch (CreditRating.cost(terms.rates(), dimensions.values(), terms.scale())) {
                    case CreditCost.Priced priced -> bounded(priced.atoms(), "dimensions");
                    case CreditCost.Unpriced unpriced -> new Amount.NoPrice(unpriced.why());
                    case CreditCost.Invalid invalid ->
                        new Amount.Invalid(
                                invalid.dimension().isEmpty() ? "dimensions" : "dimensions." + invalid.dimension(),
                                "INVALID_QUANTITY",
                                invalid.why());
                };
            }
        };
    }

    private static Amount quantity(BigDecimal value, int scale) {
        if (value.signum() < 0) {
            return new Amount.Invalid("quantity", "INVALID_QUANTITY", "a quantity is never negative");
        }
        try {
            return bounded(Atoms.parse(value, scale), "quantity");
        } catch (AtomsException e) {
            return new Amount.Invalid("quantity", "INVALID_QUANTITY", String.valueOf(e.getMessage()));
        }
    }

    private static Amount bounded(long atoms, String field) {
        return atoms <= MOST
                ? new Amount.Atomic(atoms)
                : new Amount.Invalid(field, "INVALID_QUANTITY", "the amount is too large");
    }
}
