package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.LocalPrice;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a charge costs in other currencies and countries: prices of the charge's own model. */
final class LocalPriceReader {

    private LocalPriceReader() {}

    /** @param own the charge's own price; null if it cannot be read, and then nothing else is asked of its variants */
    static List<LocalPrice> read(Fields charge, @Nullable Price own) {
        List<LocalPrice> prices = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        if (own != null) {
            taken.add(where(own.currency(), null));
        }
        for (Fields item : charge.children("prices")) {
            String country = country(item);
            PriceModel stated = item.oneOf("model", PriceModel.class);
            if (own != null && stated != null && stated != own.model()) {
                item.fault("model", "NOT_ALLOWED", "is the charge's model: " + own.model());
            }
            Price price = PriceReader.read(item, own == null ? stated : own.model());
            item.finish();
            if (price == null) {
                continue;
            }
            if (!taken.add(where(price.currency(), country))) {
                item.fault(
                        country == null ? "currency" : "country",
                        "DUPLICATE_KEY",
                        "there is a price in " + where(price.currency(), country) + " already");
            }
            prices.add(new LocalPrice(country, price));
        }
        return prices;
    }

    private static @Nullable String country(Fields fields) {
        String country = fields.text("country");
        if (country != null && !Countries.contains(country)) {
            fields.fault("country", "UNKNOWN_COUNTRY", "is no ISO 3166 country of two letters");
            return null;
        }
        return country;
    }

    private static String where(String currency, @Nullable String country) {
        return country == null ? currency : currency + " in " + country;
    }
}
