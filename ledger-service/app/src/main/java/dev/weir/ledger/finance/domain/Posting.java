package dev.weir.ledger.finance.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One posting that follows from a journal row; (wallet, seq, leg) is its identity.
 *
 * @param amountMinor minor units of the currency, above 0; 0 without a currency for a memo
 * @param unit of the quantity
 * @param quantity atoms that the row moved
 */
public record Posting(
        UUID wallet,
        long seq,
        int leg,
        Instant postedAt,
        GlAccount debit,
        GlAccount credit,
        long amountMinor,
        @Nullable String currency,
        @Nullable UUID block,
        String customer,
        @Nullable String feature,
        String unit,
        long quantity) {}
