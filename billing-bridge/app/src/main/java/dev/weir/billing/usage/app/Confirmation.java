package dev.weir.billing.usage.app;

import dev.weir.billing.BillingConfig;
import dev.weir.billing.account.persistence.Accounts;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand.Kind;
import dev.weir.billing.sync.app.SyncCommands;
import dev.weir.billing.sync.persistence.CommandTable;
import dev.weir.billing.sync.persistence.RemoteObjects;
import dev.weir.billing.usage.domain.MeteredHour;
import dev.weir.billing.usage.persistence.MeteredHours;
import dev.weir.platform.kernel.Shard;
import dev.weir.platform.servicekit.events.Outbox;
import dev.weir.platform.servicekit.web.DatabaseClock;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Delivered is not confirmed: each hour is read back from the provider and compared. What the provider counts is a figure
 * of its own in the reconciliation, never a copy of what we sent.
 */
@ApplicationScoped
public class Confirmation {
    private static final Logger LOG = Logger.getLogger(Confirmation.class);
    private static final Duration IDLE = Duration.ofMillis(300);
    private static final Duration SLOW = Duration.ofSeconds(5);
    private static final int BATCH = 50;
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final MeteredHours hours;
    private final CommandTable commands;
    private final RemoteObjects remote;
    private final BillingProvider provider;
    private final Accounts accounts;
    private final Outbox outbox;
    private final DatabaseClock clock;
    private final BillingConfig config;
    private volatile boolean running = true;

    @Inject
    public Confirmation(
            MeteredHours hours,
            CommandTable commands,
            RemoteObjects remote,
            BillingProvider provider,
            Accounts accounts,
            Outbox outbox,
            DatabaseClock clock,
            BillingConfig config) {
        this.hours = hours;
        this.commands = commands;
        this.remote = remote;
        this.provider = provider;
        this.accounts = accounts;
        this.outbox = outbox;
        this.clock = clock;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("billing-confirmation").start(this::loop);
    }

    void stop(@Observes ShutdownEvent stopped) {
        running = false;
    }

    private void loop() {
        while (running) {
            try {
                if (confirmOnce() == 0) {
                    Thread.sleep(IDLE);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                LOG.warn("reading usage back failed; trying again", failure);
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(SLOW);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Compares the hours that are due: claims them, asks the provider outside of any transaction, records. Answers how many. */
    int confirmOnce() {
        List<MeteredHour> due = QuarkusTransaction.requiringNew().call(() -> hours.claim(BATCH, LEASE));
        due.forEach(this::compare);
        return due.size();
    }

    private void compare(MeteredHour hour) {
        try {
            Optional<Place> place = QuarkusTransaction.requiringNew().call(() -> place(hour));
            if (place.isEmpty()) {
                postpone(hour, config.confirmation().delay());
                return;
            }
            long counted = read(hour, place.get());
            QuarkusTransaction.requiringNew().run(() -> record(hour, counted));
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "hour %s of %s is compared later", hour.hour(), hour.customer());
            postpone(hour, SLOW);
        }
    }

    private void postpone(MeteredHour hour, Duration by) {
        QuarkusTransaction.requiringNew().run(() -> hours.postpone(hour, by));
    }

    /** Where the provider counts an hour. */
    private record Place(String customerId, String meterId) {}

    /** Empty while the provider has not all that we want it to count. */
    private Optional<Place> place(MeteredHour hour) {
        Optional<String> customerId = remote.find(Kind.CUSTOMER, hour.customer());
        Optional<String> meterId = remote.find(Kind.METER, hour.meter());
        return customerId.isEmpty()
                        || meterId.isEmpty()
                        || commands.busy(SyncCommands.usageLane(hour.customer(), hour.meter()))
                ? Optional.empty()
                : Optional.of(new Place(customerId.get(), meterId.get()));
    }

    private long read(MeteredHour hour, Place place) {
        return provider
                .readUsage(
                        place.customerId(),
                        place.meterId(),
                        hour.hour(),
                        hour.hour().plus(1, ChronoUnit.HOURS))
                .stream()
                .mapToLong(BillingProvider.HourQuantity::quantity)
                .sum();
    }

    private void record(MeteredHour hour, long counted) {
        int checks = hour.checks() + 1;
        if (counted == hour.expected()) {
            boolean confirmed = hours.compared(
                    hour,
                    counted,
                    MeteredHour.State.CONFIRMED,
                    checks,
                    config.confirmation().recheck());
            if (confirmed && hour.state() != MeteredHour.State.CONFIRMED) {
                publish(hour);
            }
        } else if (checks < config.confirmation().patience() && hour.state() == MeteredHour.State.OPEN) {
            hours.compared(
                    hour,
                    counted,
                    MeteredHour.State.OPEN,
                    checks,
                    config.confirmation().delay());
        } else {
            hours.compared(hour, counted, MeteredHour.State.DIFFERS, checks, SLOW);
        }
    }

    private void publish(MeteredHour hour) {
        Instant now = clock.now();
        String root = accounts.snapshot(hour.customer())
                .map(snapshot -> snapshot.root())
                .orElse(hour.customer());
        for (MeteredHours.Billed window : hours.windowsOf(hour)) {
            outbox.fact(
                    "billing.window-billed",
                    window.windowId() + ":" + window.revision() + ":" + window.charge(),
                    window.windowId().toString(),
                    Shard.of(root),
                    new dev.weir.billing.contract.WindowBilled(
                            window.windowId(),
                            hour.customer(),
                            root,
                            hour.feature(),
                            window.charge(),
                            hour.hour(),
                            window.revision(),
                            hour.scale(),
                            window.quantity(),
                            provider.name(),
                            now));
        }
    }
}
