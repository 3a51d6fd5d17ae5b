package dev.weir.metering.window.app;

import dev.weir.catalog.contract.Aggregation;
import dev.weir.metering.contract.LevelMeasured;
import dev.weir.metering.window.domain.LevelCharge;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where charges on levels, what was measured for them, and the levels themselves are found; in the caller's transaction. */
public interface LevelRows {

    /**
     * A charge that is measured.
     *
     * @param measuredTo up to then it was measured
     */
    record Watched(LevelCharge charge, Instant measuredTo) {}

    /**
     * A part of usage as it moved the level of a customer.
     *
     * @param reported false: enforced, and its quantity is the step
     * @param value what a reading says; null where quantity is the step
     */
    record Moved(
            String customer,
            @Nullable Aggregation aggregation,
            boolean reported,
            Instant at,
            long quantity,
            @Nullable String value) {}

    /** What a customer had before the windows that {@link #moves} looks into. */
    record Before(String customer, long reported, long enforced) {}

    /** Keeps what is to be measured; what is known of a charge stays, but for its end. */
    void watch(Collection<LevelCharge> charges);

    /** Charges with a part of a period that ended at or before an instant and was not measured; no one else measures them. */
    List<Watched> due(Instant endedBy, int limit);

    /** Notes how far a charge was measured, and when its next part ends; null = never. */
    void measured(LevelCharge charge, Instant measuredTo, @Nullable Instant nextDue);

    /** The measurements of those roots' features whose spans end after an instant. */
    List<LevelMeasured> measurements(Collection<String> roots, Collection<String> features, Instant endAfter);

    /** The latest measurement with an id; null = none. */
    @Nullable
    LevelMeasured measurement(UUID id);

    /** Keeps a measurement. */
    void keep(LevelMeasured measurement);

    /** What each customer of a root had of a feature in windows that end at or before an instant. */
    List<Before> before(String root, String feature, @Nullable String resource, Instant until);

    /** What moved the level in windows that lie, at least in part, in [from, to), in the order of time. */
    List<Moved> moves(String root, String feature, @Nullable String resource, Instant from, Instant to);
}
