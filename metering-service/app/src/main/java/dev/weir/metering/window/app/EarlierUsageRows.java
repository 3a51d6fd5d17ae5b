package dev.weir.metering.window.app;

import dev.weir.metering.window.domain.LimitBeginning;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where it is kept what was used before limits began; everything in the caller's transaction, which holds the shards. */
public interface EarlierUsageRows {

    /**
     * What was told of usage before a limit.
     *
     * @param revision 0 = nothing was told yet
     */
    record Told(LimitBeginning beginning, long revision, long total) {}

    /** What was told for those customers about limits whose periods may still matter. */
    List<Told> told(Collection<String> customers);

    /** Notes where a limit begins; a later beginning in the same period takes the place of an earlier one. */
    void keep(LimitBeginning beginning);

    /** Notes what is told now. */
    void tell(LimitBeginning beginning, long revision, long total);

    /** What was counted in windows without a limit that begin in [from, to), reported and enforced. */
    long usedWithoutLimit(String customer, String feature, @Nullable String resource, Instant from, Instant to);
}
