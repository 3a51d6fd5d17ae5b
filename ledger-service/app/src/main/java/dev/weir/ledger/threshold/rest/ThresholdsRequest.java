package dev.weir.ledger.threshold.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The thresholds of a wallet, all of them. */
public record ThresholdsRequest(@Nullable List<Item> thresholds) {

    /**
     * One of them: an amount of the unit, or a percentage of what the live blocks were granted.
     *
     * @param name tells it from the others
     */
    public record Item(
            @Nullable String name,
            @Nullable JsonNode amount,
            @Nullable JsonNode percent) {}
}
