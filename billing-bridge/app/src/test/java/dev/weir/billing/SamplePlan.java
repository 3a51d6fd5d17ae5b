package dev.weir.billing;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceTier;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plan of the bridge's tests: overage on calls, pay-as-you-go on exports. */
final class SamplePlan {
    /** The one content hash of its one version: a second body under the same key would be an older state, and ignored. */
    static final String HASH = "plan-hash-1";

    private SamplePlan() {}

    static PlanVersion version() {
        Price overage = price(
                PriceModel.GRADUATED,
                null,
                List.of(
                        new PriceTier(new BigDecimal("10000"), new BigDecimal("0.002"), null),
                        new PriceTier(null, new BigDecimal("0.001"), null)));
        Price export = price(PriceModel.PER_UNIT, new BigDecimal("0.25"), List.of());
        return new PlanVersion(
                "starter",
                1,
                HASH,
                "assistant",
                "Starter",
                List.of(),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(
                        new Charge("api-overage", "api-calls", AppliesTo.OVERAGE, overage, null, Billed.IN_ARREARS),
                        new Charge("exports", "exports", AppliesTo.ALL, export, null, Billed.IN_ARREARS)),
                null,
                null);
    }

    private static Price price(PriceModel model, @Nullable BigDecimal unitPrice, List<PriceTier> tiers) {
        return new Price(
                model, "USD", null, unitPrice, null, null, tiers, null, null, null, null, null, null, null, null, null,
                null, null);
    }
}
