package dev.weir.gateway.engine;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.contract.BlockState;
import dev.weir.ledger.contract.WalletState;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decision in the making: what is known is filled in, then it is allowed or denied. Used by one thread for one check. */
final class Answer {
    private final CustomerView view;
    private final String feature;
    private final Instant now;
    private @Nullable FeatureType type;
    private @Nullable String value;
    private @Nullable Limit limit;
    private @Nullable Usage usage;
    private @Nullable Instant resetAt;
    private @Nullable Allowance allowance;
    private List<WalletView> wallets = List.of();

    Answer(CustomerView view, String feature, Instant now) {
        this.view = view;
        this.feature = feature;
        this.now = now;
    }

    Answer of(Allowance resolved) {
        allowance = resolved;
        type = resolved.definition().type();
        return this;
    }

    Answer type(FeatureType known) {
        type = known;
        return this;
    }

    Answer value(@Nullable String held) {
        value = held;
        return this;
    }

    Answer unlimited() {
        limit = new Limit(required().onLimit(), null, true);
        usage = new Usage(null, BigDecimal.ZERO, null);
        resetAt = required().resetAt();
        return this;
    }

    Answer limited(LimitRoom room) {
        int scale = required().definition().scale();
        limit = new Limit(required().onLimit(), Atoms.decimal(required().limit(), scale), false);
        usage = new Usage(
                Atoms.decimal(room.used(), scale),
                Atoms.decimal(room.held(), scale),
                Atoms.decimal(room.remaining(), scale));
        resetAt = required().resetAt();
        return this;
    }

    Answer credit(CreditRoom room) {
        usage = new Usage(
                Atoms.decimal(room.used(), room.scale()),
                Atoms.decimal(room.held(), room.scale()),
                Atoms.decimal(room.available(), room.scale()));
        return this;
    }

    Answer wallet(CreditRoom room) {
        wallets = List.of(new WalletView(room.unit(), Atoms.decimal(room.available(), room.scale()), null));
        return this;
    }

    Answer wallet(CreditRoom room, long cost) {
        wallets = List.of(new WalletView(
                room.unit(), Atoms.decimal(room.available(), room.scale()), Atoms.decimal(cost, room.scale())));
        return this;
    }

    Answer allCreditWallets() {
        wallets = view.wallets()
                .credit()
                .map(wallet -> new WalletView(wallet.unit(), free(wallet), null))
                .toList();
        return this;
    }

    Decision allow() {
        return decision(null, null);
    }

    Decision deny(DenialReason reason) {
        return decision(reason, null);
    }

    /** A denial with what would change it; amounts in atoms of the scale, 0 = nothing to say. */
    Decision deny(DenialReason reason, String unit, long shortBy, long quarantined, int scale) {
        return decision(reason, new Remedy(unit, positive(shortBy, scale), resetAt, positive(quarantined, scale)));
    }

    private static @Nullable BigDecimal positive(long atoms, int scale) {
        return atoms > 0 ? Atoms.decimal(atoms, scale) : null;
    }

    private Decision decision(@Nullable DenialReason reason, @Nullable Remedy remedy) {
        return new Decision(
                reason == null,
                reason,
                feature,
                type,
                value,
                limit,
                usage,
                resetAt,
                wallets,
                remedy,
                view.snapshot().version(),
                now,
                false);
    }

    private BigDecimal free(WalletState wallet) {
        long free = 0;
        for (BlockState block : wallet.blocks()) {
            if (Blocks.live(block, now)) {
                free += block.remaining() - block.held();
            }
        }
        return Atoms.decimal(Math.max(0, free), wallet.scale());
    }

    private Allowance required() {
        if (allowance == null) {
            throw new IllegalStateException("the allowance comes first");
        }
        return allowance;
    }
}
