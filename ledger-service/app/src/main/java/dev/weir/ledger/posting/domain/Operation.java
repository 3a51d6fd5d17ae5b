package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.Category;
import dev.weir.entitlement.contract.MigrationUndone;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.metering.contract.UsageReported;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something to be done on the wallets of one root customer, in one transaction with others. */
public sealed interface Operation
        permits Operation.Refresh,
                Operation.Grant,
                Operation.Reserve,
                Operation.Extend,
                Operation.Settle,
                Operation.Release,
                Operation.Lapse,
                Operation.Debit,
                Operation.BookTotal,
                Operation.Recall,
                ByHand {

    /** The owner of the wallets. */
    String root();

    /** The customer it is done for. */
    String customer();

    /** Who does it, for the journal. */
    String actor();

    /** The key of its transaction in the journal. */
    UUID transaction();

    /** The keys under which it takes effect once; empty for what is harmless to repeat. */
    List<OpKey> keys();

    /** Customers beside those two whose entitlements and wallets it needs. */
    default Set<String> others() {
        return Set.of();
    }

    /** The first key. */
    default OpKey key() {
        return keys().getFirst();
    }

    /** Brings wallets up to now; with {@code force} whether something is due or not (the entitlements have changed). */
    record Refresh(String root, Set<WalletSpec> wallets, boolean force, UUID transaction) implements Operation {
        public Refresh {
            wallets = Set.copyOf(wallets);
        }

        @Override
        public String customer() {
            return root;
        }

        @Override
        public String actor() {
            return "weir";
        }

        @Override
        public List<OpKey> keys() {
            return List.of();
        }
    }

    /**
     * Gives credit.
     *
     * @param amount a decimal
     * @param unitScale of the unit
     * @param costMinor what was paid, in minor units of costCurrency
     */
    record Grant(
            String root,
            String customer,
            String unit,
            int unitScale,
            BigDecimal amount,
            Category category,
            int priority,
            @Nullable Instant effectiveAt,
            @Nullable Instant expiresAt,
            long costMinor,
            @Nullable String costCurrency,
            @Nullable List<String> features,
            @Nullable String reference,
            @Nullable String reason,
            String sourceReference,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements Operation {}

    /** Holds what a use may cost at worst, in all its legs or not at all. */
    record Reserve(
            UUID reservation,
            String root,
            String customer,
            String feature,
            @Nullable String resource,
            Measure measure,
            @Nullable Measure atLeast,
            Duration expiresIn,
            @Nullable OnLapse requestedOnLapse,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements Operation {
        /** What the hold does when it lapses; settled once the terms are known. */
        public OnLapse onLapse() {
            return requestedOnLapse == null ? OnLapse.RELEASE : requestedOnLapse;
        }

        /** The same with the default of the feature's type. */
        public Reserve lapsing(OnLapse standard) {
            return requestedOnLapse != null
                    ? this
                    : new Reserve(
                            reservation,
                            root,
                            customer,
                            feature,
                            resource,
                            measure,
                            atLeast,
                            expiresIn,
                            standard,
                            transaction,
                            keys,
                            actor);
        }
    }

    /** Adds to what is held. */
    record Extend(
            UUID reservation,
            String root,
            String customer,
            Measure measure,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements Operation {}

    /** Books what was used; what was held beyond it goes back. */
    record Settle(
            UUID reservation,
            String root,
            String customer,
            Measure measure,
            @Nullable UsageEvent event,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements Operation {}

    /** Gives everything held back. */
    record Release(UUID reservation, String root, String customer, UUID transaction, List<OpKey> keys, String actor)
            implements Operation {}

    /** The deadline of a reservation has passed. */
    record Lapse(UUID reservation, String root, String customer, UUID transaction) implements Operation {
        @Override
        public String actor() {
            return "weir";
        }

        @Override
        public List<OpKey> keys() {
            return List.of();
        }
    }

    /** Debits one reported event of a CREDIT feature. */
    record Debit(String root, UsageReported usage, UUID transaction) implements Operation {
        @Override
        public String customer() {
            return usage.customer();
        }

        @Override
        public String actor() {
            return "metering";
        }

        @Override
        public List<OpKey> keys() {
            return List.of();
        }
    }

    /** Books the difference of a METERED window's reported total to what was booked of it. */
    record BookTotal(String root, ReportedTotal total, UUID transaction) implements Operation {
        @Override
        public String customer() {
            return total.customer();
        }

        @Override
        public String actor() {
            return "metering";
        }

        @Override
        public List<OpKey> keys() {
            return List.of();
        }
    }

    /**
     * A migration was undone: of what it gave in one unit, what is unused is taken back.
     *
     * @param wallet the unit's
     */
    record Recall(String root, MigrationUndone undone, WalletSpec wallet, UUID transaction) implements Operation {
        @Override
        public String customer() {
            return undone.customer();
        }

        @Override
        public String actor() {
            return "entitlement";
        }

        @Override
        public List<OpKey> keys() {
            return List.of();
        }
    }
}
