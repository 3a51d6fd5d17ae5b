package dev.weir.ledger.posting.domain;

import dev.weir.ledger.wallet.domain.MoveKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people do to wallets, each time with a reason: the corrections that no usage and no entitlement asks for. */
public sealed interface ByHand extends Operation {

    /** Why, in their words; kept with the journal's rows. */
    @Nullable
    String reason();

    /** The wallets it works on. */
    List<WalletSpec> wallets();

    /** The block that it names, if it names one. */
    default Optional<UUID> named() {
        return Optional.empty();
    }

    /**
     * Takes credit back from a block: voids it, refunds it, or takes it away because its payment was charged back.
     *
     * @param kind VOID, REFUND or CLAW_BACK
     * @param amount a decimal; null = all that is unused, or, of a claw-back, all that was granted
     * @param money paid back; null = nothing for a VOID, else the amount's share of what was paid
     * @param fromOthers CLAW_BACK: what the block has not any more is first taken from the wallet's other blocks
     * @param freeze CLAW_BACK: the wallet is frozen with it
     */
    record TakeBack(
            String root,
            String customer,
            WalletSpec wallet,
            UUID block,
            MoveKind kind,
            @Nullable BigDecimal amount,
            @Nullable Money money,
            boolean fromOthers,
            boolean freeze,
            @Nullable String reason,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements ByHand {
        @Override
        public List<WalletSpec> wallets() {
            return List.of(wallet);
        }

        @Override
        public Optional<UUID> named() {
            return Optional.of(block);
        }
    }

    /** Money in minor units. */
    record Money(long minor, String currency) {}

    /** Lets a wallet not be drawn on any more, or again. */
    record Freeze(
            String root,
            String customer,
            WalletSpec wallet,
            boolean frozen,
            @Nullable String reason,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements ByHand {
        @Override
        public List<WalletSpec> wallets() {
            return List.of(wallet);
        }
    }

    /**
     * Uses credit that no event speaks of, in burn order, all or nothing.
     *
     * @param feature only blocks that it may draw on; null = any
     */
    record Charge(
            String root,
            String customer,
            WalletSpec wallet,
            BigDecimal amount,
            @Nullable String feature,
            @Nullable String reason,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements ByHand {
        @Override
        public List<WalletSpec> wallets() {
            return List.of(wallet);
        }
    }

    /** What becomes of usage that is taken back onto credit whose block has ended. */
    enum Ended {
        /** It has expired with its block. */
        EXPIRE_NOW,
        /** It has expired with its block, and as much is given as promotional credit. */
        GOODWILL,
        /** It comes to life in a block of its own, with its share of the cost, for some days. */
        REVIVE
    }

    /**
     * Takes usage back onto the blocks that it was drawn from, the last that it drew from first.
     *
     * @param quantity in the feature's own measure; null = all that is not taken back yet
     * @param days REVIVE: how long the new block lives; GOODWILL: the same, null = for ever
     */
    record Reverse(
            String root,
            String customer,
            String source,
            String id,
            String feature,
            @Nullable BigDecimal quantity,
            Ended ended,
            @Nullable Integer days,
            @Nullable String reason,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements ByHand {
        /** Those that its rows are in: found out from the journal. */
        @Override
        public List<WalletSpec> wallets() {
            return List.of();
        }

        /** The key of the charge that it takes back. */
        public byte[] chargeKey() {
            return Charges.key(source, id, feature);
        }
    }

    /** Moves credit to another root customer's wallet of the same unit. */
    record Transfer(
            String root,
            String customer,
            WalletSpec wallet,
            WalletSpec target,
            BigDecimal amount,
            @Nullable String reason,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements ByHand {
        @Override
        public List<WalletSpec> wallets() {
            return List.of(wallet, target);
        }

        @Override
        public Set<String> others() {
            return Set.of(target.key().root());
        }
    }

    /**
     * Turns credit of one unit into credit of another.
     *
     * @param rate how much of the target's unit for one of the wallet's
     * @param rateSource where the rate is from
     */
    record Convert(
            String root,
            String customer,
            WalletSpec wallet,
            WalletSpec target,
            BigDecimal amount,
            BigDecimal rate,
            String rateSource,
            @Nullable String reason,
            UUID transaction,
            List<OpKey> keys,
            String actor)
            implements ByHand {
        @Override
        public List<WalletSpec> wallets() {
            return List.of(wallet, target);
        }
    }
}
