package dev.weir.ledger.posting.domain;

import dev.weir.ledger.contract.BudgetExceeded;
import dev.weir.ledger.wallet.domain.JournalRow;
import dev.weir.ledger.wallet.domain.PaidPeriod;
import dev.weir.ledger.wallet.domain.UsageBooking;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.ledger.wallet.domain.WalletKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everything that a batch of operations reads and changes, loaded under the locks of its wallets. */
public final class BatchState {
    private final Map<UUID, WalletBook> books = new LinkedHashMap<>();
    private final Map<UUID, Hold> holds = new LinkedHashMap<>();
    private final Map<String, Charge> charges = new HashMap<>();
    private final List<Charge> newCharges = new ArrayList<>();
    private final Map<UUID, Booked> totals = new HashMap<>();
    private final List<Booked> changedTotals = new ArrayList<>();
    private final List<UsageBooking> bookings = new ArrayList<>();
    private final List<SettledUsage> settled = new ArrayList<>();
    private final Map<String, List<JournalRow>> usage = new HashMap<>();
    private final List<ReversedUsage> reversed = new ArrayList<>();
    private final List<PaidPeriod> paid = new ArrayList<>();
    private final Map<UUID, BudgetBook> budgets = new LinkedHashMap<>();
    private final List<BudgetExceeded> exceeded = new ArrayList<>();
    private final Map<UUID, Map<Instant, Long>> usedBefore = new HashMap<>();

    /** What was booked of a window's reported total, and how much of that nothing entitled to. */
    public record Booked(UUID windowId, String customer, String feature, long revision, long booked, long unpriced) {}

    public void add(WalletBook book) {
        books.put(book.id(), book);
    }

    public void add(Hold hold) {
        holds.put(hold.id(), hold);
    }

    public void add(Charge charge) {
        charges.put(hex(charge.key()), charge);
    }

    /** Rows of charged usage that are in the journal already. */
    public void addUsage(List<JournalRow> rows) {
        rows.forEach(
                row -> usage.computeIfAbsent(hex(Objects.requireNonNull(row.chargeKey())), key -> new ArrayList<>())
                        .add(row));
    }

    public void add(Booked total) {
        totals.put(total.windowId(), total);
    }

    public void add(PaidPeriod period) {
        paid.add(period);
    }

    /** What was used of a wallet before it had limits, by the start of the period; empty: nothing. */
    public void usedBefore(UUID wallet, Map<Instant, Long> byPeriod) {
        usedBefore.put(wallet, Map.copyOf(byPeriod));
    }

    public void add(BudgetBook budget) {
        budgets.put(budget.id(), budget);
    }

    public Collection<BudgetBook> budgets() {
        return Collections.unmodifiableCollection(budgets.values());
    }

    @Nullable
    BudgetBook budget(UUID id) {
        return budgets.get(id);
    }

    /** Budgets that were exceeded for the first time. */
    public List<BudgetExceeded> exceeded() {
        return exceeded;
    }

    List<PaidPeriod> paid(UUID subscription) {
        return paid.stream()
                .filter(period -> period.subscription().equals(subscription))
                .toList();
    }

    /** Null if nobody looked. */
    @Nullable
    Map<Instant, Long> usedBefore(UUID wallet) {
        return usedBefore.get(wallet);
    }

    /** The book of a key, if its wallet was locked. */
    @Nullable
    WalletBook find(WalletKey key) {
        return books.get(key.id());
    }

    public Collection<WalletBook> books() {
        return Collections.unmodifiableCollection(books.values());
    }

    public Collection<Hold> holds() {
        return Collections.unmodifiableCollection(holds.values());
    }

    /** Whether that wallet's book is here. */
    public boolean has(UUID wallet) {
        return books.containsKey(wallet);
    }

    public @Nullable Hold hold(UUID id) {
        return holds.get(id);
    }

    /** The book of a key; null for a null key. */
    public @Nullable WalletBook book(@Nullable WalletKey key) {
        if (key == null) {
            return null;
        }
        WalletBook book = books.get(key.id());
        if (book == null) {
            throw new WalletNotLockedException(key);
        }
        return book;
    }

    public List<Charge> newCharges() {
        return newCharges;
    }

    public List<Booked> changedTotals() {
        return changedTotals;
    }

    public List<UsageBooking> bookings() {
        return bookings;
    }

    public List<ReversedUsage> reversed() {
        return reversed;
    }

    /** Every row of a charge: those stored before and those of this batch. */
    List<JournalRow> usage(byte[] chargeKey) {
        List<JournalRow> rows = new ArrayList<>(usage.getOrDefault(hex(chargeKey), List.of()));
        for (WalletBook book : books.values()) {
            book.rows().stream()
                    .filter(row -> Arrays.equals(row.chargeKey(), chargeKey))
                    .forEach(rows::add);
        }
        return rows;
    }

    public List<SettledUsage> settled() {
        return settled;
    }

    @Nullable
    Charge charge(byte[] key) {
        return charges.get(hex(key));
    }

    void charged(Charge charge) {
        charges.put(hex(charge.key()), charge);
        newCharges.add(charge);
    }

    @Nullable
    Booked total(UUID windowId) {
        return totals.get(windowId);
    }

    void booked(Booked total) {
        totals.put(total.windowId(), total);
        changedTotals.removeIf(known -> known.windowId().equals(total.windowId()));
        changedTotals.add(total);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
