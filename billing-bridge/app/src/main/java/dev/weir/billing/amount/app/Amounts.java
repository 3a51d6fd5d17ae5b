package dev.weir.billing.amount.app;

import dev.weir.billing.BillingConfig;
import dev.weir.billing.amount.domain.AmountLine;
import dev.weir.billing.amount.domain.BilledAmount;
import dev.weir.billing.amount.persistence.AmountTable;
import dev.weir.billing.amount.persistence.AmountTable.Difference;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import dev.weir.billing.sync.app.SyncCommands;
import dev.weir.billing.sync.persistence.RemoteObjects;
import dev.weir.platform.kernel.Sha256;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Puts money that Weir has rated itself on the customer's invoices: what the provider has no price for. Each revision sends the
 * difference; what the provider has is read back and compared, outside of any transaction.
 */
@ApplicationScoped
public class Amounts {
    private static final Logger LOG = Logger.getLogger(Amounts.class);
    private static final int BATCH = 50;
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration SLOW = Duration.ofSeconds(30);

    private final AmountTable table;
    private final SyncCommands commands;
    private final BillingProvider provider;
    private final RemoteObjects remote;
    private final BillingConfig config;

    @Inject
    public Amounts(
            AmountTable table,
            SyncCommands commands,
            BillingProvider provider,
            RemoteObjects remote,
            BillingConfig config) {
        this.table = table;
        this.commands = commands;
        this.provider = provider;
        this.remote = remote;
        this.config = config;
    }

    /** Wants the amount to be billed now; within the caller's transaction. */
    public void bill(BilledAmount amount) {
        bill(amount, Instant.EPOCH);
    }

    /** Wants the amount to be billed from an instant on; within the caller's transaction. */
    public void bill(BilledAmount amount, Instant sendAt) {
        table.want(amount, sendAt);
    }

    /** Sends what is due. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void send() {
        QuarkusTransaction.requiringNew()
                .run(() -> table.takeDue(BATCH, config.confirmation().delay()).forEach(this::send));
    }

    private void send(Difference difference) {
        BilledAmount amount = difference.amount();
        commands.want(
                new ProviderCommand.SubmitAmount(
                        "a1." + Sha256.hex(amount.key() + "|" + difference.revision()),
                        amount.key(),
                        amount.customer(),
                        amount.subscription().toString(),
                        amount.description(),
                        difference.by(),
                        amount.currency(),
                        amount.from(),
                        amount.to()),
                difference.revision());
    }

    /** Compares what is due with what the provider has. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void confirm() {
        List<AmountLine> due = QuarkusTransaction.requiringNew().call(() -> table.claim(BATCH, LEASE));
        Map<String, Map<String, BigDecimal>> byCustomer = new HashMap<>();
        for (AmountLine line : due) {
            try {
                Map<String, BigDecimal> billed = byCustomer.computeIfAbsent(
                        line.customer(), customer -> provider.readAmounts(remoteId(customer)));
                QuarkusTransaction.requiringNew().run(() -> compare(line, billed));
            } catch (RuntimeException failure) {
                // The claim runs out by itself; then it is looked at again.
                LOG.warnf(failure, "amount %s could not be compared", line.key());
            }
        }
    }

    private String remoteId(String customer) {
        Optional<String> id = QuarkusTransaction.requiringNew().call(() -> remote.find(Kind.CUSTOMER, customer));
        return id.orElseThrow(() -> new BillingProvider.NotReady(Kind.CUSTOMER, customer));
    }

    private void compare(AmountLine line, Map<String, BigDecimal> billed) {
        BigDecimal there = billed.getOrDefault(line.key(), BigDecimal.ZERO);
        int checks = line.checks() + 1;
        boolean patient = checks < config.confirmation().patience();
        if (there.compareTo(line.planned()) == 0) {
            table.compared(
                    line,
                    there,
                    AmountLine.State.CONFIRMED,
                    checks,
                    config.confirmation().recheck());
        } else if (patient && line.state() == AmountLine.State.OPEN) {
            table.compared(
                    line,
                    there,
                    AmountLine.State.OPEN,
                    checks,
                    config.confirmation().delay());
        } else {
            table.compared(line, there, AmountLine.State.DIFFERS, checks, SLOW);
        }
    }
}
