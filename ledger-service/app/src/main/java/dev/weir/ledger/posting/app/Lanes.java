package dev.weir.ledger.posting.app;

import dev.weir.ledger.Jdbc;
import dev.weir.ledger.LedgerConfig;
import dev.weir.ledger.posting.domain.Operation;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.kernel.Shard;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Batching while busy: a lane decides whatever queued while its previous commit ran, in one transaction. There is no timer,
 * so a lone operation does not wait. Operations of one root customer are in one lane, in the order in which they came.
 */
@ApplicationScoped
@Startup
public class Lanes {
    private static final Logger LOG = Logger.getLogger(Lanes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final Ledger ledger;
    private final LedgerConfig.Lanes config;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final DistributionSummary batchSizes;
    private final Timer batchTimes;

    private record Waiting(Operation operation, CompletableFuture<Result> result) {}

    private static final class Lane {
        private final BlockingQueue<Waiting> queue;
        private volatile boolean open = true;

        Lane(int capacity) {
            this.queue = new ArrayBlockingQueue<>(capacity);
        }
    }

    Lanes(Ledger ledger, LedgerConfig config, MeterRegistry metrics) {
        this.ledger = ledger;
        this.batchSizes = metrics.summary("weir_ledger_batch_operations");
        this.batchTimes = metrics.timer("weir_ledger_batch");
        metrics.gauge(
                "weir_ledger_lane_queue",
                lanes,
                all -> all.stream().mapToInt(lane -> lane.queue.size()).sum());
        this.config = config.lanes();
        for (int i = 0; i < this.config.count(); i++) {
            Lane lane = new Lane(this.config.queue());
            lanes.add(lane);
            Thread.ofVirtual().name("lane-" + i).start(() -> run(lane));
        }
    }

    void stop(@Observes ShutdownEvent stopped) {
        lanes.forEach(lane -> lane.open = false);
    }

    /**
     * Decides an operation and waits until its transaction has committed.
     *
     * @throws Problem 503 OVERLOADED if too many wait, 503 OUTCOME_UNKNOWN if it takes too long: repeat it under the same key
     */
    public Result submit(Operation operation) {
        Lane lane = lanes.get(Math.floorMod(Shard.number(operation.root()), lanes.size()));
        CompletableFuture<Result> result = new CompletableFuture<>();
        if (!lane.queue.offer(new Waiting(operation, result))) {
            throw new Problem(503, "OVERLOADED", "too many operations wait").header("Retry-After", "1");
        }
        try {
            return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unknown();
        } catch (TimeoutException e) {
            throw unknown();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Problem problem
                    ? problem
                    : new IllegalStateException("an operation failed", e.getCause());
        }
    }

    private static Problem unknown() {
        return new Problem(503, "OUTCOME_UNKNOWN", "the outcome is not known: repeat the request under the same key");
    }

    private void run(Lane lane) {
        List<Waiting> batch = new ArrayList<>();
        while (lane.open || !lane.queue.isEmpty()) {
            try {
                Waiting first = lane.queue.poll(500, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    lane.queue.drainTo(batch, config.batch() - 1);
                    decide(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void decide(List<Waiting> batch) {
        List<Operation> operations = batch.stream().map(Waiting::operation).toList();
        try {
            long began = System.nanoTime();
            List<Result> results = retrying(operations);
            batchSizes.record(operations.size());
            batchTimes.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).result().complete(results.get(i));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            batch.forEach(waiting -> waiting.result().completeExceptionally(unknown()));
        } catch (RuntimeException | Error failure) {
            if (batch.size() == 1) {
                LOG.errorf(failure, "operation %s failed", operations.getFirst());
                batch.getFirst().result().completeExceptionally(failure);
                return;
            }
            // One of them breaks the batch: decided alone, only that one fails.
            LOG.warnf("a batch of %d failed (%s); deciding each alone", batch.size(), failure.getMessage());
            batch.forEach(waiting -> decide(List.of(waiting)));
        }
    }

    private List<Result> retrying(List<Operation> operations) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return QuarkusTransaction.requiringNew().call(() -> ledger.execute(operations));
            } catch (RuntimeException failure) {
                if (attempt >= config.attempts() || !Jdbc.retriable(failure)) {
                    throw failure;
                }
                // Another instance was first: wait a little longer each time, then decide on what it left.
                Thread.sleep(Math.min(100, 2L << attempt));
            }
        }
    }
}
