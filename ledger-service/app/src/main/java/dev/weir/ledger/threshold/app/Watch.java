package dev.weir.ledger.threshold.app;

import dev.weir.ledger.RoundTrip;
import dev.weir.ledger.contract.BalanceThresholdCrossed;
import dev.weir.ledger.contract.RechargeRequested;
import dev.weir.ledger.contract.WalletDepleted;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.threshold.domain.Balance;
import dev.weir.ledger.threshold.domain.RechargeRule;
import dev.weir.ledger.threshold.domain.Threshold;
import dev.weir.ledger.threshold.persistence.ThresholdTables;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredRule;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredThreshold;
import dev.weir.ledger.wallet.app.WalletWatch;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells of crossings, operation by operation, so that it does not matter how operations were batched: what is compared is the
 * balance before and after each, under the wallet's lock. So each crossing is told once, and nothing has to be remembered to arm a
 * threshold again.
 */
@ApplicationScoped
class Watch implements WalletWatch {
    private final ThresholdTables tables;
    private final Outbox outbox;

    Watch(ThresholdTables tables, Outbox outbox) {
        this.tables = tables;
        this.outbox = outbox;
    }

    @Override
    public Watching read(RoundTrip trip, Collection<UUID> wallets) {
        return new Batch(tables.thresholds(trip, wallets), tables.rules(trip, wallets));
    }

    private final class Batch implements Watching {
        private final Map<UUID, List<StoredThreshold>> thresholds;
        private final Map<UUID, StoredRule> rules;
        private final Map<UUID, Balance> before = new HashMap<>();
        private final Map<UUID, RechargeRequested> requests = new HashMap<>();
        private final Map<UUID, Map<String, Instant>> crossings = new HashMap<>();

        Batch(Map<UUID, List<StoredThreshold>> thresholds, Map<UUID, StoredRule> rules) {
            this.thresholds = thresholds;
            this.rules = rules;
        }

        @Override
        public void begin(WalletBook book) {
            before.put(book.id(), balance(book));
        }

        @Override
        public void after(WalletBook book, Instant now) {
            Balance now0 = balance(book);
            Balance was = before.put(book.id(), now0);
            if (was == null) {
                return;
            }
            if (was.available() > 0 && now0.available() == 0) {
                depleted(book, now);
            }
            for (StoredThreshold stored : thresholds.getOrDefault(book.id(), List.of())) {
                if (stored.threshold().crossed(was, now0)) {
                    crossed(book, stored.threshold(), now0, now);
                }
            }
            StoredRule rule = rules.get(book.id());
            if (rule != null && !requests.containsKey(book.id())) {
                rule.rule()
                        .decide(now0.available(), rule.history(), now)
                        .ifPresent(purchase -> recharge(book, rule.rule(), purchase, now));
            }
        }

        /** What blocks were granted is only added up where a percentage asks for it. */
        private Balance balance(WalletBook book) {
            return thresholds.containsKey(book.id())
                    ? Balance.of(book)
                    : new Balance(book.head().available(), 0);
        }

        private void depleted(WalletBook book, Instant now) {
            outbox.fact(
                    "ledger.wallet-depleted",
                    book.id() + ":" + book.head().seq(),
                    book.id().toString(),
                    Shard.of(book.key().root()),
                    new WalletDepleted(
                            book.id(),
                            book.key().root(),
                            book.key().unit(),
                            book.key().resource(),
                            book.kind(),
                            book.scale(),
                            book.head().held(),
                            book.head().overdraft(),
                            book.head().seq(),
                            now));
        }

        private void crossed(WalletBook book, Threshold threshold, Balance balance, Instant now) {
            crossings.computeIfAbsent(book.id(), id -> new HashMap<>()).put(threshold.name(), now);
            outbox.fact(
                    "ledger.balance-threshold-crossed",
                    book.id() + ":" + threshold.name() + ":" + book.head().seq(),
                    book.id().toString(),
                    Shard.of(book.key().root()),
                    new BalanceThresholdCrossed(
                            book.id(),
                            book.key().root(),
                            book.key().unit(),
                            book.key().resource(),
                            book.kind(),
                            book.scale(),
                            threshold.name(),
                            threshold.at(balance.granted()),
                            threshold.percent(),
                            balance.available(),
                            book.head().seq(),
                            now));
        }

        private void recharge(WalletBook book, RechargeRule rule, RechargeRule.Purchase purchase, Instant now) {
            if (book.kind() != WalletKind.CREDIT) {
                return;
            }
            RechargeRequested request = new RechargeRequested(
                    Ids.next(),
                    book.id(),
                    book.key().root(),
                    book.key().unit(),
                    book.scale(),
                    purchase.quantity(),
                    purchase.cost(),
                    rule.currency(),
                    purchase.attempt(),
                    now);
            requests.put(book.id(), request);
            outbox.fact(
                    "ledger.recharge-requested",
                    request.request().toString(),
                    book.id().toString(),
                    Shard.of(book.key().root()),
                    request);
        }

        @Override
        public void write(RoundTrip trip) {
            requests.values().forEach(request -> tables.request(trip, request));
            crossings.forEach((wallet, names) -> names.forEach((name, at) -> tables.crossed(trip, wallet, name, at)));
        }
    }
}
