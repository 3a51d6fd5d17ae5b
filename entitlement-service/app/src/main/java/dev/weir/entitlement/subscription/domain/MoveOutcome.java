package dev.weir.entitlement.subscription.domain;

import java.time.Instant;

/** What a move does to one subscription. */
public sealed interface MoveOutcome {
    /**
     * It moves.
     *
     * @param deferred whether that waits for its period's end, since a limit would drop
     */
    record Moves(Timeline after, Instant at, boolean deferred) implements MoveOutcome {}

    /** It stays, as there is nothing to move. */
    record Stays(String code, String why) implements MoveOutcome {}

    /** It cannot move. */
    record Refused(String code, String why) implements MoveOutcome {}
}
