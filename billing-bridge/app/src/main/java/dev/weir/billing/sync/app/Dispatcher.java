package dev.weir.billing.sync.app;

import dev.weir.billing.BillingConfig;
import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.Outcome;
import dev.weir.billing.provider.domain.ProviderCommand;
import dev.weir.billing.sync.domain.RetryDelay;
import dev.weir.billing.sync.domain.SyncCommand;
import dev.weir.billing.sync.persistence.CommandTable;
import dev.weir.billing.sync.persistence.RemoteObjects;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Carries commands out: claim in one transaction, call outside of any, record in another. Whatever happens in between, the
 * command is sent again under the same key until its outcome is known, so its effect happens once.
 */
@ApplicationScoped
public class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final Duration NOT_READY = Duration.ofMillis(150);
    private static final int ATTEMPTS_PER_KEY = 3;
    private static final Duration ACCOUNT_PAUSE = Duration.ofSeconds(10);

    private final CommandTable table;
    private final RemoteObjects remote;
    private final BillingProvider provider;
    private final BillingConfig config;
    private final DoubleSend doubleSend;
    private final RechargeAnswers recharges;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean running = true;

    @Inject
    public Dispatcher(
            CommandTable table,
            RemoteObjects remote,
            BillingProvider provider,
            BillingConfig config,
            DoubleSend doubleSend,
            RechargeAnswers recharges) {
        this.table = table;
        this.remote = remote;
        this.provider = provider;
        this.config = config;
        this.doubleSend = doubleSend;
        this.recharges = recharges;
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("billing-dispatcher").start(this::loop);
    }

    void stop(@Observes ShutdownEvent stopped) {
        running = false;
        wake();
    }

    /** There may be work. */
    public void wake() {
        wake.release();
    }

    private void loop() {
        while (running) {
            try {
                if (dispatchOnce() == 0) {
                    boolean woken = wake.tryAcquire(config.dispatch().interval().toMillis(), TimeUnit.MILLISECONDS);
                    LOG.tracef("dispatcher woken: %s", woken);
                    wake.drainPermits();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                LOG.warn("dispatching failed; trying again", failure);
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(config.dispatch().interval());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Claims what is due and carries it out, all of it at once; answers how many. */
    int dispatchOnce() throws InterruptedException {
        List<SyncCommand> claimed = QuarkusTransaction.requiringNew()
                .call(() -> table.claim(
                        config.dispatch().concurrency(), config.dispatch().lease()));
        CountDownLatch done = new CountDownLatch(claimed.size());
        for (SyncCommand command : claimed) {
            Thread.ofVirtual().name("billing-command-" + command.seq()).start(() -> {
                try {
                    carryOut(command);
                } catch (RuntimeException failure) {
                    // The row stays IN_FLIGHT and becomes UNKNOWN when its lease ends: sent again under the same key.
                    LOG.errorf(failure, "command %d could not be recorded", command.seq());
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        return claimed.size();
    }

    private void carryOut(SyncCommand command) {
        Outcome outcome;
        try {
            outcome = forgotten(command) ? lookUp(command) : send(command);
        } catch (BillingProvider.NotReady notReady) {
            QuarkusTransaction.requiringNew()
                    .run(() -> table.retry(
                            command.seq(),
                            false,
                            false,
                            NOT_READY,
                            "NOT_READY",
                            String.valueOf(notReady.getMessage())));
            return;
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "command %d failed in an unknown way", command.seq());
            outcome = new Outcome.Unknown(failure.toString());
        }
        Outcome known = outcome;
        QuarkusTransaction.requiringNew().run(() -> record(command, known));
        if (known instanceof Outcome.Applied && command.command() instanceof ProviderCommand.SubmitUsage usage) {
            doubleSend.maybe(usage, provider, remote::find);
        }
    }

    /** Usage needs no look-up: its identifier protects it. */
    private Outcome send(SyncCommand command) {
        if (command.generation() > 1 && command.command().commandKind() != ProviderCommand.Kind.USAGE) {
            Optional<String> there = provider.find(command.command(), remote::find);
            if (there.isPresent() && command.command().commandKind() != ProviderCommand.Kind.SUBSCRIPTION) {
                return new Outcome.AlreadyApplied(there.get());
            }
            if (there.isPresent()) {
                // It was made, but a later change of it may be what is unknown: bring it to the wanted state.
                QuarkusTransaction.requiringNew()
                        .run(() ->
                                remote.remember(ProviderCommand.Kind.SUBSCRIPTION, command.naturalKey(), there.get()));
            }
        }
        return provider.execute(command.command(), command.idempotencyKey(), remote::find);
    }

    /** Whether the provider may have forgotten the key of an earlier attempt: then sending again might do it twice. */
    private boolean forgotten(SyncCommand command) {
        Instant sent = command.firstSentAt();
        return sent != null
                && command.attempts() > 1
                && sent.plus(config.dispatch().keyHorizon()).isBefore(Instant.now());
    }

    private Outcome lookUp(SyncCommand command) {
        if (command.command().commandKind() == ProviderCommand.Kind.USAGE) {
            return new Outcome.Rejected(
                    "OUTCOME_UNKNOWN",
                    "sent more than " + config.dispatch().keyHorizon()
                            + " ago without a known outcome: compare the hour with the provider before it is replayed");
        }
        return provider.find(command.command(), remote::find)
                .<Outcome>map(Outcome.AlreadyApplied::new)
                .orElseGet(() -> send(command));
    }

    private void record(SyncCommand command, Outcome outcome) {
        Duration later = RetryDelay.after(command.attempts());
        switch (outcome) {
            case Outcome.Applied(String id, Map<String, Instant> begins) -> {
                delivered(command, id);
                begins.forEach((price, begin) -> remote.remember(
                        ProviderCommand.Kind.ITEM, command.naturalKey() + "|" + price, begin.toString()));
            }
            case Outcome.AlreadyApplied(String id) -> delivered(command, id);
            case Outcome.Rejected(String code, String detail) -> {
                LOG.errorf(
                        "%s %s rejected: %s %s", command.command().commandKind(), command.naturalKey(), code, detail);
                table.rejected(command.seq(), code, detail);
                recharges.rejected(command, code, detail);
            }
            case Outcome.Throttled(Duration after) ->
                table.retry(command.seq(), false, true, after, "THROTTLED", "the provider asked us to slow down");
            case Outcome.Conflict(String detail) -> table.retry(command.seq(), true, true, later, "CONFLICT", detail);
            case Outcome.Unknown(String cause) -> {
                table.retry(command.seq(), true, true, later, "UNKNOWN", cause);
                if (command.attempts() % ATTEMPTS_PER_KEY == 0) {
                    table.nextGeneration(command.seq());
                }
            }
            case Outcome.AccountRefused(String detail) ->
                table.retry(command.seq(), false, true, ACCOUNT_PAUSE, "ACCOUNT_REFUSED", detail);
        }
    }

    private void delivered(SyncCommand command, String remoteId) {
        table.delivered(command.seq(), remoteId);
        recharges.delivered(command, remoteId);
        if (command.command().commandKind() != ProviderCommand.Kind.USAGE && !remoteId.isEmpty()) {
            remote.remember(command.command().commandKind(), command.naturalKey(), remoteId);
        }
    }
}
