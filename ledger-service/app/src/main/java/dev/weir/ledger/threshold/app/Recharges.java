package dev.weir.ledger.threshold.app;

import dev.weir.billing.contract.RechargeFailed;
import dev.weir.billing.contract.RechargePaid;
import dev.weir.catalog.contract.Category;
import dev.weir.ledger.contract.WalletKind;
import dev.weir.ledger.posting.app.Keys;
import dev.weir.ledger.posting.app.Lanes;
import dev.weir.ledger.posting.app.Ledger;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.threshold.domain.RechargeRule;
import dev.weir.ledger.threshold.persistence.ThresholdTables;
import dev.weir.ledger.threshold.persistence.ThresholdTables.StoredRequest;
import dev.weir.ledger.wallet.domain.BlockTerms;
import dev.weir.ledger.wallet.domain.WalletKey;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** The answers to recharge requests: a payment becomes a block, once; a failure is tried again later. */
@ApplicationScoped
public class Recharges {
    private static final int RETRIES_AT_ONCE = 100;

    private final DataSource database;
    private final ThresholdTables tables;
    private final Ledger ledger;
    private final Lanes lanes;
    private final DatabaseClock clock;

    Recharges(DataSource database, ThresholdTables tables, Ledger ledger, Lanes lanes, DatabaseClock clock) {
        this.database = database;
        this.tables = tables;
        this.ledger = ledger;
        this.lanes = lanes;
        this.clock = clock;
    }

    /** The purchase was paid, in the consumer's transaction: issues the block. An answered request is left as it is. */
    public void paid(RechargePaid paid) {
        try (Connection connection = database.getConnection()) {
            for (StoredRequest request : tables.lockOpen(connection, paid.request())) {
                // First, so that the rule which looks at the grant sees that nothing is open any more.
                tables.paid(connection, request.id(), paid.invoice());
                ledger.execute(List.of(grant(request, paid.invoice())));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the payment of recharge " + paid.request() + " cannot be taken", e);
        }
    }

    private static Operation.Grant grant(StoredRequest request, String invoice) {
        String reference = "recharge|" + request.id();
        return new Operation.Grant(
                request.root(),
                request.root(),
                request.unit(),
                request.scale(),
                BigDecimal.valueOf(request.quantity(), request.scale()),
                Category.PAID,
                BlockTerms.DEFAULT_PRIORITY,
                null,
                null,
                minor(request),
                request.currency(),
                null,
                invoice,
                "auto-recharge",
                reference,
                Ids.next(),
                Keys.andNatural(List.of(), reference, Map.of("request", request.id()), "ALREADY_GRANTED"),
                "billing");
    }

    private static long minor(StoredRequest request) {
        return request.cost()
                .movePointRight(Currency.getInstance(request.currency()).getDefaultFractionDigits())
                .longValueExact();
    }

    /** The purchase failed: waits longer after each failure in a row. */
    public void failed(RechargeFailed failed) {
        try (Connection connection = database.getConnection()) {
            for (StoredRequest request : tables.lockOpen(connection, failed.request())) {
                tables.failed(
                        connection,
                        request.id(),
                        failed.reason(),
                        clock.now().plus(RechargeRule.backoff(request.attempt())));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the failure of recharge " + failed.request() + " cannot be taken", e);
        }
    }

    /** Looks at wallets whose last purchase failed a while ago: their rules decide again, under their locks. */
    @Scheduled(
            every = "{ledger.recharge.interval:30s}",
            delayed = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void scheduled() {
        retry();
    }

    /** Looks now. */
    public void retry() {
        List<StoredRequest> due;
        try (Connection connection = database.getConnection()) {
            due = tables.toRetry(connection, RETRIES_AT_ONCE);
        } catch (SQLException e) {
            throw new IllegalStateException("failed recharges cannot be read", e);
        }
        due.forEach(request -> look(request.root(), request.unit(), request.scale()));
    }

    /** Lets a wallet's rule decide now. */
    void look(String root, String unit, int scale) {
        WalletSpec spec = new WalletSpec(new WalletKey(root, unit, null), WalletKind.CREDIT, scale);
        lanes.submit(new Operation.Refresh(root, Set.of(spec), false, Ids.next()));
    }

    /** The id of a credit wallet. */
    static UUID wallet(String root, String unit) {
        return new WalletKey(root, unit, null).id();
    }
}
