package dev.weir.entitlement.contract;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A half-open span of time [from, to); a null {@code to} is open. */
public record Span(Instant from, @Nullable Instant to) {
    public Span {
        Objects.requireNonNull(from, "from");
        if (to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException("empty span [" + from + ", " + to + ")");
        }
    }

    /** Whether that instant lies within. */
    public boolean contains(Instant instant) {
        return !instant.isBefore(from) && (to == null || instant.isBefore(to));
    }
}
