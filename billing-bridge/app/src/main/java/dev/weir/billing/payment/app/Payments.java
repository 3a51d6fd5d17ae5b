package dev.weir.billing.payment.app;

import dev.weir.billing.BillingConfig;
import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.contract.InvoicePaid;
import dev.weir.billing.payment.persistence.NoticeTable;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.PaymentReports;
import dev.weir.billing.provider.domain.PaymentReports.Notice;
import dev.weir.billing.provider.domain.PaymentReports.PaidInvoice;
import dev.weir.catalog.contract.BillingCycle;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * From the provider's word that an invoice is paid to the fact {@code billing.invoice-paid}. A notice is kept first and
 * looked into later: the invoice itself is read, outside of any transaction, and told on as it stands. Notices come by
 * webhook, and again by asking, since a webhook may be lost.
 */
@ApplicationScoped
public class Payments {
    private static final Logger LOG = Logger.getLogger(Payments.class);
    private static final int BATCH = 20;
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration OVERLAP = Duration.ofHours(1);
    private static final Duration FIRST_LOOK = Duration.ofDays(7);

    private final NoticeTable notices;
    private final PaymentReports reports;
    private final BillingProvider provider;
    private final Accounts accounts;
    private final Outbox outbox;
    private final BillingConfig config;
    private volatile Instant nextPoll = Instant.EPOCH;

    @Inject
    public Payments(
            NoticeTable notices,
            PaymentReports reports,
            BillingProvider provider,
            Accounts accounts,
            Outbox outbox,
            BillingConfig config) {
        this.notices = notices;
        this.reports = reports;
        this.provider = provider;
        this.accounts = accounts;
        this.outbox = outbox;
        this.config = config;
    }

    /** Keeps what the provider has sent; what is not about payments is let go. */
    public void received(String body, String signature) throws PaymentReports.NotGenuine {
        Optional<Notice> notice = reports.notice(body, signature);
        notice.ifPresent(found -> QuarkusTransaction.requiringNew().run(() -> notices.keep(provider.name(), found)));
    }

    /** Asks for what no webhook has told. */
    @Scheduled(every = "1s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void poll() {
        Instant now = Instant.now();
        if (now.isBefore(nextPoll)) {
            return;
        }
        nextPoll = now.plus(config.payments().poll());
        Instant since = QuarkusTransaction.requiringNew()
                .call(() -> notices.asked(provider.name()))
                // A clock that was set back must not leave a hole.
                .map(asked -> (asked.isAfter(now) ? now : asked).minus(OVERLAP))
                .orElse(now.minus(FIRST_LOOK));
        List<Notice> found = reports.noticesSince(since);
        QuarkusTransaction.requiringNew().run(() -> {
            found.forEach(notice -> notices.keep(provider.name(), notice));
            notices.asked(provider.name(), now);
        });
    }

    /** Looks into the notices that are due. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void work() {
        List<Notice> claimed =
                QuarkusTransaction.requiringNew().call(() -> notices.claim(provider.name(), BATCH, LEASE));
        for (Notice notice : claimed) {
            try {
                Optional<PaidInvoice> paid = reports.paidInvoice(notice.invoice());
                QuarkusTransaction.requiringNew().run(() -> {
                    boolean ours = paid.isPresent() && tell(paid.get());
                    notices.done(provider.name(), notice, ours);
                });
            } catch (RuntimeException failure) {
                LOG.warnf(failure, "notice %s is looked into later", notice.id());
                QuarkusTransaction.requiringNew().run(() -> notices.later(provider.name(), notice, failure.toString()));
            }
        }
    }

    /** False for a subscription that we do not know, and for a trial: that nothing was due for it opens nothing. */
    private boolean tell(PaidInvoice paid) {
        Optional<CustomerSnapshot> snapshot = accounts.snapshot(paid.customer());
        Optional<SubscriptionPart> subscription = snapshot.stream()
                .flatMap(found -> found.subscriptions().stream())
                .filter(part -> part.id().toString().equals(paid.subscription()))
                .findFirst();
        if (subscription.isEmpty()) {
            return false;
        }
        Instant middle =
                paid.from().plus(Duration.between(paid.from(), paid.to()).dividedBy(2));
        SubscriptionPhase phase = subscription
                .get()
                .phaseAt(middle)
                .orElse(subscription.get().phases().getLast());
        if (phase.trialPlanHash() != null) {
            return false;
        }
        PlanVersion plan = accounts.plan(phase.planHash())
                .orElseThrow(() -> new IllegalStateException("plan body " + phase.planHash() + " is not here yet"));
        Recurrence.Numbered period = new Recurrence(
                        subscription.get().anchor(),
                        BillingCycle.of(plan.charges()),
                        ZoneId.of(snapshot.get().timeZone()))
                .at(middle);
        outbox.fact(
                "billing.invoice-paid",
                provider.name() + ":" + paid.invoice() + ":" + paid.subscription(),
                paid.subscription(),
                Shard.of(snapshot.get().root()),
                new InvoicePaid(
                        provider.name(),
                        paid.invoice(),
                        paid.customer(),
                        snapshot.get().root(),
                        subscription.get().id(),
                        period.from(),
                        period.to(),
                        paid.amount(),
                        paid.currency(),
                        paid.paidAt()));
        return true;
    }
}
