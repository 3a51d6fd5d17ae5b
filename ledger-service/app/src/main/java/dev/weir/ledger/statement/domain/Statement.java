package dev.weir.ledger.statement.domain;

import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.MoveKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wallet over a span of time, as posted: how it stood, what moved, how it stood then. Amounts in atoms.
 *
 * @param from the first instant of the span
 * @param to the first instant after it
 * @param totals what the moves of each kind changed; opening + totals = closing, in each of the three balances
 */
public record Statement(
        Account account,
        Instant from,
        Instant to,
        Balance opening,
        List<Movement> movements,
        List<Total> totals,
        Balance closing) {

    /** Whose wallet, of what. */
    public record Account(
            String customer, String unit, @Nullable String resource, int scale) {}

    /**
     * How a wallet stands.
     *
     * @param held in blocks and in overage or overdraft room
     * @param overdraft booked debt
     */
    public record Balance(long available, long held, long overdraft) {
        /** Before the first row. */
        public static final Balance NOTHING = new Balance(0, 0, 0);

        Balance plus(Balance other) {
            return new Balance(available + other.available, held + other.held, overdraft + other.overdraft);
        }

        Balance minus(Balance other) {
            return new Balance(available - other.available, held - other.held, overdraft - other.overdraft);
        }
    }

    /** A journal row, what it changed, and how the wallet stood after it. */
    public record Movement(JournalRow row, Balance change, Balance after) {}

    /** All moves of a kind. */
    public record Total(MoveKind kind, long count, Balance change) {}

    /** Makes a statement out of the rows of the span, in order. */
    public static Statement of(Account account, Instant from, Instant to, Balance opening, List<JournalRow> rows) {
        List<Movement> movements = new ArrayList<>(rows.size());
        Map<MoveKind, Total> totals = new EnumMap<>(MoveKind.class);
        Balance before = opening;
        for (JournalRow row : rows) {
            Balance after = new Balance(row.availableAfter(), row.heldAfter(), row.overdraftAfter());
            Balance change = after.minus(before);
            movements.add(new Movement(row, change, after));
            totals.merge(
                    row.kind(),
                    new Total(row.kind(), 1, change),
                    (one, other) -> new Total(
                            one.kind(),
                            one.count() + other.count(),
                            one.change().plus(other.change())));
            before = after;
        }
        return new Statement(account, from, to, opening, movements, List.copyOf(totals.values()), before);
    }
}
