package dev.weir.ledger.posting.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ledger.contract.BlockStatus;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.JournalEncoding;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.LimitPeriod;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What must hold in memory after every operation. */
final class WorldChecks {
    private WorldChecks() {}

    /** Conservation, projections equal to the fold of the journal, the chain, the order. */
    static void wallet(WalletBook book) {
        Map<Account, Long> fold = new EnumMap<>(Account.class);
        Map<UUID, Long> remaining = new HashMap<>();
        byte[] hash = JournalEncoding.genesis(book.id());
        Instant last = Instant.MIN;
        long seq = 0;
        for (JournalRow row : book.rows()) {
            assertThat(row.seq()).isEqualTo(++seq);
            assertThat(row.postedAt()).isAfter(last);
            last = row.postedAt();
            hash = JournalEncoding.chain(hash, row);
            assertThat(row.hash()).isEqualTo(hash);
            fold.merge(row.from(), -row.amount(), Long::sum);
            fold.merge(row.to(), row.amount(), Long::sum);
            if (row.block() != null) {
                long by = (row.to() == Account.AVAILABLE || row.to() == Account.HELD ? row.amount() : 0)
                        - (row.from() == Account.AVAILABLE || row.from() == Account.HELD ? row.amount() : 0);
                remaining.merge(row.block(), by, Long::sum);
            }
        }
        assertThat(book.head().hash()).isEqualTo(hash);
        assertThat(fold.values().stream().mapToLong(Long::longValue).sum()).isZero();
        assertThat(book.head().available()).isEqualTo(fold.getOrDefault(Account.AVAILABLE, 0L));
        assertThat(book.head().held() + book.head().overageHeld() + book.head().overdraftHeld())
                .isEqualTo(fold.getOrDefault(Account.HELD, 0L));
        assertThat(book.head().available())
                .isEqualTo(book.blocks().stream()
                        .filter(block -> block.status() == BlockStatus.ACTIVE)
                        .mapToLong(Block::free)
                        .sum());
        assertThat(book.head().held())
                .isEqualTo(book.blocks().stream().mapToLong(Block::held).sum());
        for (Block block : book.blocks()) {
            if (block.status() != BlockStatus.PENDING) {
                assertThat(remaining.getOrDefault(block.id(), 0L)).isEqualTo(block.remaining());
            }
        }
        assertThat(book.periods().stream().mapToLong(LimitPeriod::overageHeld).sum())
                .isEqualTo(book.head().overageHeld());
    }

    /** No leg gives out more than it has, and what wallets hold is what open legs hold. */
    static void holds(BatchState state) {
        Map<UUID, Long> open = new HashMap<>();
        for (Hold hold : state.holds()) {
            for (Leg leg : hold.legs()) {
                assertThat(leg.spent() + leg.released()).isLessThanOrEqualTo(leg.granted());
                if (!hold.state().open()) {
                    assertThat(leg.open()).isZero();
                }
                open.merge(leg.wallet(), leg.open(), Long::sum);
            }
        }
        for (WalletBook book : state.books()) {
            assertThat(book.head().held()
                            + book.head().overageHeld()
                            + book.head().overdraftHeld())
                    .isEqualTo(open.getOrDefault(book.id(), 0L));
        }
    }
}
