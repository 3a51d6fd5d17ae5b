package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.AppliesTo;
import dev.weir.catalog.contract.Billed;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.LocalPrice;
import dev.weir.catalog.contract.Measure;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads charges: fees, and prices on a feature's usage. */
final class ChargeReader {

    private ChargeReader() {}

    static List<Placed<Charge>> read(Fields owner) {
        List<Placed<Charge>> charges = new ArrayList<>();
        for (Fields item : owner.children("charges")) {
            Charge charge = charge(item);
            if (charge != null) {
                charges.add(new Placed<>(item.place(), charge));
            }
        }
        return charges;
    }

    private static @Nullable Charge charge(Fields fields) {
        String key = fields.required("key", fields.key("key"));
        boolean onFeature = fields.has("feature");
        String feature = fields.key("feature");
        if (onFeature) {
            fields.refuse(Set.of("every", "once"), "a charge on a feature is billed each billing period");
        } else {
            fields.refuse(Set.of("appliesTo", "measure"), "only a charge on a feature has it");
        }
        boolean once = fields.flag("once");
        AppliesTo appliesTo = fields.oneOf("appliesTo", AppliesTo.class);
        String every = fields.interval("every");
        Billed billed = fields.oneOf("billed", Billed.class);
        Measure measure = fields.oneOf("measure", Measure.class);
        Price price = PriceReader.read(fields);
        if (!onFeature) {
            if (!once) {
                fields.required("every", every);
            } else if (fields.has("every")) {
                fields.fault("once", "NOT_ALLOWED", "a fee recurs (every) or is due once, not both");
            }
            if (price != null && price.model() != PriceModel.FLAT) {
                fields.fault("feature", "REQUIRED", "a " + price.model() + " price needs a feature's usage");
            }
        }
        if (onFeature && billed == Billed.IN_ADVANCE) {
            fields.fault("billed", "NOT_ALLOWED", "usage is billed in arrears");
        }
        List<LocalPrice> prices = LocalPriceReader.read(fields, price);
        fields.finish();
        if (key == null || price == null) {
            return null;
        }
        return new Charge(
                key,
                feature,
                appliesTo == null ? AppliesTo.ALL : appliesTo,
                price,
                once ? null : every,
                billed == null ? (onFeature ? Billed.IN_ARREARS : Billed.IN_ADVANCE) : billed,
                measure,
                prices);
    }
}
