package dev.weir.ledger.threshold.rest;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What is bought when a wallet runs low.
 *
 * @param threshold at or below it credit is bought
 * @param target buys up to here; or
 * @param amount buys so much
 * @param unitPrice money for one whole unit
 * @param monthlyCap money in a calendar month (UTC) at most, in the same currency
 */
public record RechargeRequest(
        @Nullable JsonNode threshold,
        @Nullable JsonNode target,
        @Nullable JsonNode amount,
        @Nullable Price unitPrice,
        @Nullable JsonNode monthlyCap) {

    /** Money. */
    public record Price(@Nullable JsonNode amount, @Nullable String currency) {}
}
