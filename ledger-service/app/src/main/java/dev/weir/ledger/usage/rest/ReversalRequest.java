package dev.weir.ledger.usage.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Usage to take back.
 *
 * @param source with {@code id}: the usage event; a settle without an event has {@code weir:reservation} and the reservation's id
 * @param quantity in the feature's own measure; absent = all that is not taken back yet
 * @param expired what becomes of credit whose block has ended: EXPIRE_NOW (the default), GOODWILL, REVIVE
 * @param days how long GOODWILL or REVIVE credit lives; REVIVE needs it
 */
public record ReversalRequest(
        @Nullable String source,
        @Nullable String id,
        @Nullable String feature,
        @Nullable JsonNode quantity,
        @Nullable String expired,
        @Nullable Integer days,
        @Nullable String reason) {}
