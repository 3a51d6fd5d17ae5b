package dev.weir.ledger.finance.domain;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Deferred revenue of one currency from one instant to another, in minor units:
 * {@code opening + paid - recognized - breakage - refunded = closing}.
 */
public final class RollForward {
    private final String currency;
    private final Map<String, Long> byFeature = new TreeMap<>();
    private long opening;
    private long paid;
    private long recognized;
    private long breakage;
    private long refunded;

    /** With nothing in it. */
    public RollForward(String currency) {
        this.currency = currency;
    }

    /** Adds a sum of postings of before the span. */
    public void before(GlAccount debit, GlAccount credit, long amount) {
        if (credit == GlAccount.DEFERRED_REVENUE) {
            opening += amount;
        }
        if (debit == GlAccount.DEFERRED_REVENUE) {
            opening -= amount;
        }
    }

    /** Adds a sum of postings of the span. */
    public void within(GlAccount debit, GlAccount credit, @Nullable String feature, long amount) {
        long out = debit == GlAccount.DEFERRED_REVENUE ? amount : -amount;
        switch (debit == GlAccount.DEFERRED_REVENUE ? credit : debit) {
            case RECEIVABLE_CLEARING -> paid -= out;
            case REVENUE -> {
                recognized += out;
                byFeature.merge(feature == null ? "" : feature, out, Long::sum);
            }
            case BREAKAGE_REVENUE -> breakage += out;
            case REFUND_PAYABLE -> refunded += out;
            // Owed instead of paid back out of what is deferred: deferred revenue has no part in it.
            case CHARGEBACK_RECEIVABLE -> {}
            case DEFERRED_REVENUE, OVERRUN, UNBILLED_OVERDRAFT, MEMO ->
                throw new IllegalStateException("no money moves between " + debit + " and " + credit);
        }
    }

    public String currency() {
        return currency;
    }

    public long opening() {
        return opening;
    }

    public long paid() {
        return paid;
    }

    public long recognized() {
        return recognized;
    }

    /** What is recognised of each feature; the empty name stands for none. */
    public Map<String, Long> byFeature() {
        return byFeature;
    }

    public long breakage() {
        return breakage;
    }

    public long refunded() {
        return refunded;
    }

    public long closing() {
        return opening + paid - recognized - breakage - refunded;
    }
}
