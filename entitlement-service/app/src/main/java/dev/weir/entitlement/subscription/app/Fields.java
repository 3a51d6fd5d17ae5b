package dev.weir.entitlement.subscription.app;

import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.subscription.domain.When;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fields that several requests have. */
public final class Fields {
    private Fields() {}

    /** Notes a fault unless the version is one. */
    public static void version(@Nullable Integer version, Faults faults) {
        if (version != null && version < 1) {
            faults.add("version", "INVALID_VALUE", "must be at least 1");
        }
    }

    /** When a change takes effect; a fault if it is not given or not readable. */
    public static Optional<When> when(@Nullable String text, Faults faults) {
        if (text == null) {
            faults.required("when");
            return Optional.empty();
        }
        Optional<When> read = When.read(text);
        if (read.isEmpty()) {
            faults.add("when", "INVALID_VALUE", "must be NOW, PERIOD_END or an RFC 3339 instant");
        }
        return read;
    }
}
