package dev.weir.metering.event.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of posted events.
 *
 * @param accepted how many are new and kept
 * @param duplicates how many were known with the same content, which is a success
 */
public record IngestReport(int accepted, int duplicates, List<Rejected> rejected) {
    public IngestReport {
        rejected = List.copyOf(rejected);
    }

    /**
     * An event that was not taken.
     *
     * @param index its place in the request, from 0
     * @param code MALFORMED_EVENT, TOO_OLD, IN_FUTURE or EVENT_CONFLICT
     */
    public record Rejected(int index, @Nullable String id, String code, String detail) {}
}
