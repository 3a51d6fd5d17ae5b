package dev.weir.entitlement.migration.rest;

import dev.weir.entitlement.migration.app.PreviewedMove;
import dev.weir.entitlement.subscription.domain.MoveOutcome;
import dev.weir.entitlement.subscription.domain.PlanPin;
import dev.weir.entitlement.subscription.domain.Preview;
import dev.weir.entitlement.subscription.domain.PriceChange;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a migration would do to one subscription of a customer.
 *
 * @param code why it would be skipped or fail
 * @param deferred whether it would wait for its period's end, since a limit would drop
 */
public record MigrationPreview(
        String customer,
        UUID subscription,
        Outcome outcome,
        @Nullable String code,
        @Nullable String detail,
        MigrationResponse.@Nullable Target from,
        @Nullable Instant effectiveAt,
        boolean deferred,
        List<Preview.Item> gained,
        List<Preview.Item> lost,
        List<Preview.ChangedCharge> charges,
        List<PriceChange> priceChanges) {

    /** MOVES: it would. */
    public enum Outcome {
        MOVES,
        SKIPPED,
        FAILED
    }

    static MigrationPreview of(PreviewedMove move) {
        return switch (move.outcome()) {
            case MoveOutcome.Moves moves -> of(move, Outcome.MOVES, null, null, moves.at(), moves.deferred());
            case MoveOutcome.Stays stays -> of(move, Outcome.SKIPPED, stays.code(), stays.why(), null, false);
            case MoveOutcome.Refused refused -> of(move, Outcome.FAILED, refused.code(), refused.why(), null, false);
        };
    }

    private static MigrationPreview of(
            PreviewedMove move,
            Outcome outcome,
            @Nullable String code,
            @Nullable String detail,
            @Nullable Instant at,
            boolean deferred) {
        PlanPin from = move.from();
        Preview preview = move.preview();
        return new MigrationPreview(
                move.candidate().customer(),
                move.candidate().subscription(),
                outcome,
                code,
                detail,
                from == null ? null : new MigrationResponse.Target(from.plan(), from.version()),
                at,
                deferred,
                preview == null ? List.of() : preview.gained(),
                preview == null ? List.of() : preview.lost(),
                preview == null ? List.of() : preview.charges(),
                preview == null ? List.of() : preview.priceChanges());
    }
}
