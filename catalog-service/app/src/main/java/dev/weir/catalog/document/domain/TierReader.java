package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.PriceTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tiers of a price: they ascend without overlap, and only the last is open. */
final class TierReader {

    private TierReader() {}

    static List<PriceTier> read(Fields price, PriceModel model) {
        List<Fields> items = price.children("tiers");
        List<PriceTier> tiers = new ArrayList<>();
        for (Fields item : items) {
            tiers.add(tier(item, model));
        }
        if (price.has("tiers") && items.isEmpty()) {
            price.fault("tiers", "REQUIRED", "at least one tier is required");
        }
        ascend(items, tiers);
        return tiers;
    }

    private static PriceTier tier(Fields item, PriceModel model) {
        PriceTier tier = new PriceTier(item.positive("upTo"), item.money("unitPrice"), item.money("flatPrice"));
        if (model == PriceModel.STAIRSTEP) {
            item.required("flatPrice", tier.flatPrice());
            if (item.has("unitPrice")) {
                item.fault("unitPrice", "NOT_ALLOWED", "a STAIRSTEP tier has a flat price only");
            }
        } else if (!item.has("unitPrice") && !item.has("flatPrice")) {
            item.fault("unitPrice", "REQUIRED", "a unitPrice or a flatPrice is required");
        }
        item.finish();
        return tier;
    }

    private static void ascend(List<Fields> items, List<PriceTier> tiers) {
        @Nullable BigDecimal previous = null;
        for (int index = 0; index < tiers.size(); index++) {
            Fields item = items.get(index);
            BigDecimal upTo = tiers.get(index).upTo();
            boolean last = index == tiers.size() - 1;
            if (last && upTo != null) {
                item.fault("upTo", "OPEN_TIER_REQUIRED", "the last tier's upTo must be null");
            }
            if (!last && !item.has("upTo")) {
                item.fault("upTo", "OVERLAPPING_TIERS", "only the last tier may be open");
            }
            if (upTo != null && previous != null && upTo.compareTo(previous) <= 0) {
                item.fault("upTo", "OVERLAPPING_TIERS", "must be more than the upTo of the tier before it");
            }
            previous = upTo == null ? previous : upTo;
        }
    }
}
