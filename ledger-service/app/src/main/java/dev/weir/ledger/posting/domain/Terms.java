package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.catalog.contract.RateRule;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.wallet.domain.WalletKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a feature was worth when it was reserved or used: extend and settle go by these, whatever the customer is entitled to
 * by then. Equal terms are stored once.
 *
 * @param scale of a quantity: the feature's for METERED, the credit unit's for CREDIT
 * @param limited METERED with a limit; false: unlimited (no leg), or CREDIT
 * @param walletResource the resource of the limit's wallet
 * @param creditUnit of a CREDIT feature, or of the {@code then} leg
 * @param thenPer atoms of the credit unit for each whole unit beyond the limit; 0 without a {@code then} leg
 * @param overageCap atoms; null = no bound (SOFT, without a {@code then} leg)
 */
public record Terms(
        String feature,
        FeatureType type,
        boolean level,
        int scale,
        boolean limited,
        @Nullable String walletResource,
        @Nullable String creditUnit,
        int creditScale,
        long thenPer,
        boolean soft,
        @Nullable Long overageCap,
        @Nullable String eventType,
        List<RateRule> rates,
        @Nullable String rateVersion,
        @Nullable UUID subscription,
        @Nullable String plan,
        int planVersion,
        @Nullable String planHash) {
    public Terms {
        Objects.requireNonNull(feature, "feature");
        Objects.requireNonNull(type, "type");
        rates = List.copyOf(rates);
    }

    /** The wallet of its limit; null where there is none. */
    public @Nullable WalletKey limitWallet(String root) {
        return limited ? new WalletKey(root, feature, walletResource) : null;
    }

    /** The wallet of its credit: its own, or that of the {@code then} leg. */
    public @Nullable WalletKey creditWallet(String root) {
        return creditUnit == null ? null : new WalletKey(root, creditUnit, null);
    }

    /** The wallets of these terms, to be locked and, where they are missing, made. */
    public List<WalletSpec> wallets(String root) {
        List<WalletSpec> wallets = new ArrayList<>();
        WalletKey limit = limitWallet(root);
        if (limit != null) {
            wallets.add(new WalletSpec(limit, WalletKind.LIMIT, scale));
        }
        WalletKey credit = creditWallet(root);
        if (credit != null) {
            wallets.add(new WalletSpec(credit, WalletKind.CREDIT, creditScale));
        }
        return wallets;
    }

    /** Whether credit pays for what exceeds the limit. */
    public boolean hasThen() {
        return type == FeatureType.METERED && creditUnit != null;
    }

    /** Credit atoms that a quantity costs on the {@code then} leg, half up. */
    public long thenCost(long quantity) {
        if (scale == 0) {
            return Math.multiplyExact(quantity, thenPer);
        }
        return BigDecimal.valueOf(quantity, scale)
                .multiply(BigDecimal.valueOf(thenPer))
                .setScale(0, java.math.RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** The largest quantity up to {@code most} whose cost on the {@code then} leg is at most that many credit atoms. */
    public long thenAffordable(long credit, long most) {
        if (thenPer == 0) {
            return most;
        }
        long guess = BigDecimal.valueOf(credit)
                .movePointRight(scale)
                .divideToIntegralValue(BigDecimal.valueOf(thenPer))
                .min(BigDecimal.valueOf(most))
                .longValueExact();
        while (guess < most && thenCost(guess + 1) <= credit) {
            guess++;
        }
        while (guess > 0 && thenCost(guess) > credit) {
            guess--;
        }
        return guess;
    }
}
