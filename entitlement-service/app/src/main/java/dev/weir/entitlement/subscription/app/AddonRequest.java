package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.input.domain.Faults;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An add-on.
 *
 * @param quantity 1 unless given
 */
public record AddonRequest(@Nullable String addon, @Nullable Integer quantity) {
    private static final int QUANTITY_MAX = 1_000_000;

    /** The wishes; what is wrong is noted. */
    public static List<AddonWish> wishes(List<AddonRequest> requests, Faults faults) {
        List<AddonWish> wishes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            AddonRequest request = requests.get(i);
            String place = "addons[" + i + "]";
            if (request == null) {
                faults.required(place);
                continue;
            }
            faults.catalogKey(place + ".addon", request.addon());
            int quantity = request.quantity() == null ? 1 : request.quantity();
            if (quantity < 1 || quantity > QUANTITY_MAX) {
                faults.add(place + ".quantity", "INVALID_QUANTITY", "must be 1 to " + QUANTITY_MAX);
            }
            if (request.addon() != null) {
                if (!seen.add(request.addon())) {
                    faults.add(place + ".addon", "INVALID_VALUE", "stands there twice");
                }
                wishes.add(new AddonWish(request.addon(), quantity));
            }
        }
        return wishes;
    }
}
