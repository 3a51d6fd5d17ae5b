package dev.weir.ledger.posting.domain;

import dev.weir.ledger.wallet.domain.Entitlements;
import dev.weir.ledger.wallet.domain.SeatLink;
import dev.weir.ledger.wallet.domain.Timeline;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets credit that is scaled by seats follow an operation on the seats. Periods that began before the operation are opened
 * by the level before it; then, if the level has changed, what the new one gives is issued.
 */
final class SeatCredits {
    private final BatchState state;
    private final Entitlements entitlements;
    private final Timeline timeline;

    SeatCredits(BatchState state, Entitlements entitlements, Timeline timeline) {
        this.state = state;
        this.entitlements = entitlements;
        this.timeline = timeline;
    }

    /** The levels before the operation, once the credit that they scale is up to now. */
    Map<SeatLink, Long> before(String root) {
        Map<SeatLink, Long> levels = new HashMap<>();
        for (SeatLink link : entitlements.seatLinks(root)) {
            WalletBook level = state.find(new WalletKey(root, link.feature(), null));
            WalletBook credit = state.find(new WalletKey(root, link.unit(), null));
            if (level != null && credit != null) {
                timeline.sync(credit);
                levels.put(link, Denials.used(level));
            }
        }
        return levels;
    }

    /** Issues what changed levels give more. */
    void after(String root, Map<SeatLink, Long> before) {
        before.forEach((link, known) -> {
            WalletBook level = state.find(new WalletKey(root, link.feature(), null));
            WalletBook credit = state.find(new WalletKey(root, link.unit(), null));
            if (level != null && credit != null && Denials.used(level) != known) {
                timeline.apply(credit);
            }
        });
    }
}
