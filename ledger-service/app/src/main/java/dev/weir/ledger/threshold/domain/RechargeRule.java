package dev.weir.ledger.threshold.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is bought when a wallet runs low. Pure: the same circumstances give the same decision.
 *
 * @param threshold at or below it credit is bought, atoms
 * @param target buys up to here; null if it buys a fixed amount
 * @param amount buys so much; null if it buys up to a target
 * @param unitPrice major units for one whole unit of credit
 * @param monthlyCap major units in a calendar month (UTC); null = no bound
 */
public record RechargeRule(
        int scale,
        long threshold,
        @Nullable Long target,
        @Nullable Long amount,
        BigDecimal unitPrice,
        String currency,
        @Nullable BigDecimal monthlyCap) {
    private static final Duration FIRST_RETRY = Duration.ofMinutes(5);
    private static final Duration LONGEST_RETRY = Duration.ofHours(24);
    private static final int MOST_DOUBLINGS = 12;

    public RechargeRule {
        if ((target == null) == (amount == null)) {
            throw new IllegalArgumentException("a rule buys up to a target, or an amount");
        }
    }

    /**
     * What has been asked for before.
     *
     * @param open a request waits for its answer
     * @param failures since the last success
     * @param retryAt not before then; null = any time
     * @param spent in the running month, open requests included, major units
     */
    public record History(
            boolean open, int failures, @Nullable Instant retryAt, BigDecimal spent) {
        /** Nothing yet. */
        public static final History NONE = new History(false, 0, null, BigDecimal.ZERO);
    }

    /** What to buy, atoms, and what it costs, major units rounded half up to the currency's smallest. */
    public record Purchase(long quantity, BigDecimal cost, int attempt) {}

    /** What is to be bought at that balance, if anything. */
    public Optional<Purchase> decide(long available, History history, Instant now) {
        Instant retry = history.retryAt();
        if (available > threshold || history.open() || retry != null && now.isBefore(retry)) {
            return Optional.empty();
        }
        Long upTo = target;
        long quantity = upTo != null ? upTo - available : java.util.Objects.requireNonNull(amount);
        BigDecimal cost = cost(quantity);
        if (quantity <= 0 || cost.signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal cap = monthlyCap;
        if (cap != null && history.spent().add(cost).compareTo(cap) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Purchase(quantity, cost, history.failures() + 1));
    }

    /** What so much costs. */
    public BigDecimal cost(long quantity) {
        return unitPrice
                .multiply(BigDecimal.valueOf(quantity, scale))
                .setScale(Currency.getInstance(currency).getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }

    /** How long to wait after so many failures in a row: 5 minutes, doubled each time, at most a day. */
    public static Duration backoff(int failures) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1)));
        return wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
    }
}
