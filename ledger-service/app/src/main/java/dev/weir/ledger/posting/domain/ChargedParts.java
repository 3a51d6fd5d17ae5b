package dev.weir.ledger.posting.domain;

import dev.weir.catalog.contract.FeatureType;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.domain.ByHand.Reverse;
import dev.weir.ledger.wallet.domain.Account;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.WalletBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * What a charge drew and has not given back yet, the last drawn first.
 *
 * @param rows the rows by which it drew; empty if the customer was charged nothing
 * @param parts what is left of each
 */
record ChargedParts(List<JournalRow> rows, List<Part> parts, Terms terms) {

    /** An amount of a row, in atoms of its wallet's unit. */
    record Part(WalletBook book, JournalRow row, long amount) {}

    private record Place(UUID wallet, long seq) {}

    static ChargedParts of(BatchState state, Reverse asked) {
        Map<UUID, WalletBook> books = new HashMap<>();
        state.books().forEach(book -> books.put(book.id(), book));
        List<JournalRow> drawn = new ArrayList<>();
        Map<Place, Long> back = new HashMap<>();
        for (JournalRow row : state.usage(asked.chargeKey())) {
            Long reverses = row.reversesSeq();
            if (reverses != null && row.from() == Account.CONSUMED) {
                back.merge(new Place(row.wallet(), reverses), row.amount(), Long::sum);
            } else if (row.to() == Account.CONSUMED && row.customer().equals(asked.customer())) {
                drawn.add(row);
            }
        }
        if (drawn.isEmpty()) {
            return new ChargedParts(List.of(), List.of(), reported(asked, 0));
        }
        List<Part> parts = new ArrayList<>();
        for (JournalRow row : drawn) {
            long open = row.amount() - back.getOrDefault(new Place(row.wallet(), row.seq()), 0L);
            if (open > 0) {
                parts.add(new Part(Objects.requireNonNull(books.get(row.wallet())), row, open));
            }
        }
        parts.sort(Comparator.comparingInt(ChargedParts::rank)
                .thenComparing(part -> part.row().seq(), Comparator.reverseOrder()));
        UUID reservation = drawn.getFirst().reservation();
        Hold hold = reservation == null ? null : state.hold(reservation);
        WalletBook first = Objects.requireNonNull(books.get(drawn.getFirst().wallet()));
        return new ChargedParts(drawn, parts, hold == null ? reported(asked, first.scale()) : hold.terms());
    }

    /** The order of drawing, turned round: beyond the limit, then the credit leg, then the limit's blocks. */
    private static int rank(Part part) {
        boolean limit = part.book().kind() == WalletKind.LIMIT;
        return limit ? (part.row().block() == null ? 0 : 2) : 1;
    }

    /** All that is still charged, in the feature's own measure. */
    long quantity() {
        return terms.type() == FeatureType.CREDIT ? sum(1) : sum(0) + sum(2) + coveredByCredit();
    }

    /** The parts to take back for a quantity. */
    List<Part> take(long quantity) {
        List<Part> taken = new ArrayList<>();
        if (terms.type() == FeatureType.CREDIT) {
            take(1, quantity, taken);
            return taken;
        }
        long beyond = Math.min(quantity, sum(0));
        long covered = covered(quantity);
        take(0, beyond, taken);
        // What stays covered keeps exactly its cost, so no rounding is left over whatever the pieces.
        take(1, covered == 0 ? 0 : sum(1) - terms.thenCost(coveredByCredit() - covered), taken);
        take(2, quantity - beyond - covered, taken);
        return taken;
    }

    /** How much of a quantity to take back was paid for by the credit leg of a METERED feature. */
    long covered(long quantity) {
        return terms.type() == FeatureType.CREDIT
                ? 0
                : Math.min(quantity - Math.min(quantity, sum(0)), coveredByCredit());
    }

    private long coveredByCredit() {
        long credits = sum(1);
        return credits == 0 ? 0 : terms.thenAffordable(credits, Long.MAX_VALUE / 1_000);
    }

    private void take(int rank, long amount, List<Part> taken) {
        long rest = amount;
        for (Part part : parts) {
            long take = rank(part) == rank ? Math.min(rest, part.amount()) : 0;
            if (take > 0) {
                taken.add(new Part(part.book(), part.row(), take));
                rest -= take;
            }
        }
    }

    private long sum(int rank) {
        return parts.stream()
                .filter(part -> rank(part) == rank)
                .mapToLong(Part::amount)
                .sum();
    }

    /** Only events of CREDIT features are charged one by one by report. */
    private static Terms reported(Reverse asked, int scale) {
        return new Terms(
                asked.feature(),
                FeatureType.CREDIT,
                false,
                scale,
                false,
                null,
                null,
                scale,
                0,
                false,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                0,
                null);
    }
}
