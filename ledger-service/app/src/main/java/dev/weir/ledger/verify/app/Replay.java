package dev.weir.ledger.verify.app;

import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.verify.domain.Misfit;
import dev.weir.ledger.verify.domain.Misfit.What;
import dev.weir.ledger.verify.domain.StoredWallet;
import dev.weir.ledger.verify.domain.WalletFold;
import dev.weir.ledger.wallet.domain.JournalRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One pass over the journal, a page of wallets at a time. */
final class Replay {
    private static final int MOST = 20;

    private final List<Misfit> misfits = new ArrayList<>();
    private final Map<String, Long> transferred = new TreeMap<>();
    private Map<UUID, StoredWallet> page = new HashMap<>();
    private @Nullable UUID current;
    private @Nullable WalletFold fold;
    private boolean broken;
    private long rows;
    private long wallets;
    private long blocks;

    /** The wallets whose rows come next. */
    void page(List<StoredWallet> stored) {
        page = new LinkedHashMap<>();
        stored.forEach(wallet -> page.put(wallet.id(), wallet));
    }

    void row(JournalRow row) {
        rows++;
        if (!row.wallet().equals(current)) {
            end();
            current = row.wallet();
            StoredWallet stored = page.get(row.wallet());
            fold = new WalletFold(row.wallet(), stored == null ? WalletKind.CREDIT : stored.kind());
            broken = stored == null;
            if (stored == null) {
                add(new Misfit(row.wallet(), row.seq(), What.UNKNOWN_WALLET, "the journal's wallet is not stored"));
            }
        }
        if (!broken && fold != null) {
            fold.next(row).ifPresent(this::breakOff);
        }
    }

    /** After the page's last row: what is stored of wallets, those without a row too. */
    void endPage() {
        end();
        for (StoredWallet wallet : List.copyOf(page.values())) {
            current = wallet.id();
            fold = new WalletFold(wallet.id(), wallet.kind());
            broken = false;
            end();
        }
    }

    private void end() {
        WalletFold ended = fold;
        StoredWallet stored = current == null ? null : page.remove(current);
        if (ended != null && stored != null) {
            wallets++;
            blocks += stored.blocks().size();
            if (!broken) {
                ended.end(stored).ifPresent(this::add);
                transferred.merge(stored.unit(), ended.transferred(), Long::sum);
            }
        }
        current = null;
        fold = null;
    }

    private void breakOff(Misfit misfit) {
        broken = true;
        add(misfit);
    }

    /** Nothing may arrive by transfer or rollover that did not leave elsewhere. */
    void endJournal() {
        if (!misfits.isEmpty()) {
            return;
        }
        transferred.forEach((unit, net) -> {
            if (net > 0) {
                add(new Misfit(null, null, What.TRANSFERS, net + " more " + unit + " arrived by transfer than left"));
            }
        });
    }

    void add(Misfit misfit) {
        if (misfits.size() < MOST) {
            misfits.add(misfit);
        }
    }

    List<Misfit> misfits() {
        return misfits;
    }

    long rows() {
        return rows;
    }

    long wallets() {
        return wallets;
    }

    long blocks() {
        return blocks;
    }
}
