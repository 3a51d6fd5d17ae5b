package dev.weir.ledger.credit.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.ledger.credit.rest.GrantRequest.Cost;
import org.jspecify.annotations.Nullable;

/** What people ask for when they correct wallets by hand. Every one of them says why. */
public final class AdjustmentRequests {

    private AdjustmentRequests() {}

    /** Void: takes unused credit back. amount: absent = all that is unused. */
    public record Void(@Nullable JsonNode amount, @Nullable String reason) {}

    /** Refund: takes unused credit back and pays it back. money: absent = the amount's share of what was paid. */
    public record Refund(
            @Nullable JsonNode amount,
            @Nullable Cost money,
            @Nullable String reason) {}

    /**
     * Claw-back: a payment was charged back.
     *
     * @param amount absent = all that the block has given
     * @param money absent = the amount's share of what was paid
     * @param fromOtherBlocks what was used is first taken from the wallet's other blocks
     * @param freeze the wallet is frozen with it
     */
    public record ClawBack(
            @Nullable JsonNode amount,
            @Nullable Cost money,
            @Nullable String reason,
            @Nullable Boolean fromOtherBlocks,
            @Nullable Boolean freeze) {}

    /** Freeze or unfreeze. */
    public record Freeze(@Nullable String reason) {}

    /** Uses credit. feature: only blocks that it may draw on. */
    public record Debit(
            @Nullable JsonNode amount,
            @Nullable String feature,
            @Nullable String reason) {}

    /** Gives credit to another customer. */
    public record Transfer(
            @Nullable String to,
            @Nullable JsonNode amount,
            @Nullable String reason) {}

    /**
     * Turns credit into credit of another unit.
     *
     * @param rate how much of toUnit for one of this unit
     * @param source where the rate is from
     */
    public record Convert(
            @Nullable String toUnit,
            @Nullable JsonNode amount,
            @Nullable JsonNode rate,
            @Nullable String source,
            @Nullable String reason) {}
}
