package dev.weir.ledger.posting.domain;

import dev.weir.ledger.wallet.domain.Circumstances;
import dev.weir.ledger.wallet.domain.PaidPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/** What was loaded with a batch. A wallet that a level is read from is locked together with the credit that it scales. */
record BatchCircumstances(BatchState state) implements Circumstances {

    @Override
    public BigDecimal level(String root, String feature) {
        WalletBook book = state.find(new WalletKey(root, feature, null));
        return book == null ? BigDecimal.ZERO : BigDecimal.valueOf(Denials.used(book), book.scale());
    }

    @Override
    public List<PaidPeriod> paid(UUID subscription) {
        return state.paid(subscription);
    }

    @Override
    public OptionalLong usedBefore(UUID wallet, Instant periodFrom) {
        Map<Instant, Long> known = state.usedBefore(wallet);
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.getOrDefault(periodFrom, 0L));
    }
}
