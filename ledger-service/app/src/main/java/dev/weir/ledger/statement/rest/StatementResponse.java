package dev.weir.ledger.statement.rest;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A statement; amounts as decimals of the unit. opening + all changes = closing, in each balance. */
public record StatementResponse(
        String customer,
        String unit,
        @Nullable String resource,
        Instant from,
        Instant to,
        BalanceResponse opening,
        List<TotalResponse> totals,
        List<MovementResponse> movements,
        BalanceResponse closing) {

    /** What is there, what is held of it, what is owed. */
    public record BalanceResponse(String available, String held, String overdraft) {}

    /** The moves of a kind. */
    public record TotalResponse(String kind, long count, BalanceResponse change) {}

    /** A move. */
    public record MovementResponse(
            long seq,
            Instant postedAt,
            Instant effectiveAt,
            String kind,
            String from,
            String to,
            String amount,
            @Nullable UUID block,
            @Nullable UUID reservation,
            @Nullable String feature,
            String customer,
            @Nullable String eventSource,
            @Nullable String eventId,
            BalanceResponse change,
            BalanceResponse after) {}
}
