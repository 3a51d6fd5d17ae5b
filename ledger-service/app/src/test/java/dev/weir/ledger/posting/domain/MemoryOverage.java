package dev.weir.ledger.posting.domain;

import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.MoveContext;
import dev.weir.ledger.wallet.domain.OpenOverage;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.UsageBooking;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Overage of windows in memory, which are never closed. */
record MemoryOverage(BatchState state) implements Timeline.OverageSource {
    @Override
    public List<OpenOverage> openOverage(WalletBook book, LimitPeriod period) {
        Map<UUID, Long> sums = new LinkedHashMap<>();
        Map<UUID, UsageBooking> last = new HashMap<>();
        for (UsageBooking booking : state.bookings()) {
            if (booking.feature().equals(book.key().unit())) {
                sums.merge(booking.windowId(), booking.overage(), Long::sum);
                last.put(booking.windowId(), booking);
            }
        }
        List<OpenOverage> open = new ArrayList<>();
        sums.forEach((window, amount) -> {
            UsageBooking of = last.get(window);
            if (amount > 0 && of != null) {
                open.add(new OpenOverage(
                        book.id(),
                        window,
                        of.customer(),
                        null,
                        of.windowStart(),
                        of.windowEnd(),
                        amount,
                        of.subscription(),
                        of.plan(),
                        of.planVersion(),
                        of.planHash()));
            }
        });
        return open;
    }

    @Override
    public void takeOver(WalletBook book, LimitPeriod period, Block block, MoveContext context) {
        TakeOver.apply(book, period, block, List.copyOf(state.holds()), context);
    }
}
