package dev.weir.entitlement.subscription.rest;

import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.input.domain.Moment;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long a trial goes on.
 *
 * @param until an instant after its end
 */
public record ExtendTrialRequest(@Nullable String until) {
    Instant instant() {
        Faults faults = new Faults();
        Instant read = until == null ? null : Moment.read(until).orElse(null);
        if (until == null) {
            faults.required("until");
        } else if (read == null) {
            faults.add("until", "INVALID_VALUE", "must be an RFC 3339 instant");
        }
        faults.refuse();
        return Objects.requireNonNull(read);
    }
}
