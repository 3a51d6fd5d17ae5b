package dev.weir.entitlement.subscription.rest;

import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.subscription.app.Fields;
import dev.weir.entitlement.subscription.domain.When;
import org.jspecify.annotations.Nullable;

/**
 * A cancellation.
 *
 * @param when NOW, PERIOD_END or an instant to come
 */
public record CancelRequest(@Nullable String when) {
    When effective() {
        Faults faults = new Faults();
        When read = Fields.when(when, faults).orElse(new When.Now());
        faults.refuse();
        return read;
    }
}
