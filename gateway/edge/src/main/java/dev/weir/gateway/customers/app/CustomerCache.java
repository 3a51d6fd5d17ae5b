package dev.weir.gateway.customers.app;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.gateway.GatewayConfig;
import dev.weir.gateway.customers.domain.Entry;
import dev.weir.gateway.customers.domain.Lookup;
import dev.weir.gateway.engine.CustomerView;
import dev.weir.gateway.engine.Wallets;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.contract.WalletState;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The customers that this edge serves, bounded, each as current as the events that reached it. A miss loads from the
 * services, once for all who wait. A wallet's higher sequence number and a snapshot's higher version always win, whichever
 * way they come; so order does not matter.
 */
@Singleton
public class CustomerCache {
    private static final Logger LOG = Logger.getLogger(CustomerCache.class);
    // What a customer with one subscription, a limit and a credit wallet weighs: 2.2 KB, measured with
    // deploy/bench/check.
    private static final int NOMINAL_WEIGHT = 20;
    private static final int BYTES_OF_WEIGHT = 120;
    private static final Lookup UNKNOWN = new Lookup.Unknown();

    private final Cache<String, Entry> entries;
    private final Cache<String, Boolean> unknown;
    private final Flights flights = new Flights();
    private final AtomicLong generation = new AtomicLong();
    private final CustomerLoader loader;
    private final BodyStore bodies;
    private final CatalogHolder catalog;
    private final long maxAgeWithoutEventsNanos;
    private volatile boolean fed;

    CustomerCache(
            GatewayConfig config,
            CustomerLoader loader,
            BodyStore bodies,
            CatalogHolder catalog,
            MeterRegistry registry) {
        GatewayConfig.Cache bounds = config.cache();
        this.loader = loader;
        this.bodies = bodies;
        this.catalog = catalog;
        this.maxAgeWithoutEventsNanos = bounds.maxAgeWithoutEvents().toNanos();
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maximumWeight(bounds))
                .weigher((String _, Entry entry) -> entry.view().weight())
                .removalListener(this::removed)
                .build();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(bounds.maxCustomers())
                .expireAfterWrite(bounds.unknownFor())
                .build();
        registry.gauge("weir_gateway_cached_customers", entries, Cache::estimatedSize);
    }

    private static long maximumWeight(GatewayConfig.Cache bounds) {
        long ofHeap = Runtime.getRuntime().maxMemory() / 100 * bounds.maxHeapPercent() / BYTES_OF_WEIGHT;
        return Math.min(Math.multiplyExact(bounds.maxCustomers(), NOMINAL_WEIGHT), ofHeap);
    }

    /** What is known of a customer without asking anyone; null = it must be loaded. */
    public @Nullable Lookup peek(String customer, Instant now) {
        Entry entry = entries.getIfPresent(customer);
        if (entry != null) {
            return current(entry, now) ? new Lookup.Known(entry.view(), false) : null;
        }
        return unknown.getIfPresent(customer) == null ? null : UNKNOWN;
    }

    /** What was last known, however old; null = nothing. */
    public @Nullable Lookup lastKnown(String customer) {
        Entry entry = entries.getIfPresent(customer);
        return entry == null ? null : new Lookup.Known(entry.view(), true);
    }

    /** Loads a customer; whoever asks while it loads gets the same answer. */
    public CompletableFuture<Lookup> load(String customer) {
        return refresh(customer, 0);
    }

    /**
     * Loads a customer after the ledger is known to work by this version of its snapshot, so that what the version gives is
     * in the wallets.
     */
    public CompletableFuture<Lookup> refresh(String customer, long ledgerVersion) {
        Flights.Boarding boarding = flights.board(customer, ledgerVersion);
        if (boarding.first()) {
            long began = generation.get();
            Instant asOf = Instant.now();
            var _ = loader.load(customer, root -> flights.child(root, customer)).whenComplete((loaded, failure) -> {
                try {
                    if (failure != null) {
                        flights.end(customer, boarding.flight());
                        boarding.flight().result().completeExceptionally(failure);
                    } else {
                        land(customer, boarding, loaded.orElse(null), new Landing(began, asOf, ledgerVersion));
                    }
                } catch (RuntimeException bug) {
                    flights.end(customer, boarding.flight());
                    boarding.flight().result().completeExceptionally(bug);
                }
            });
        }
        return boarding.flight().result();
    }

    /** Forgets that a customer does not exist. */
    public void forgetUnknown(String customer) {
        unknown.invalidate(customer);
    }

    /** Whether a snapshot of this customer would matter here: asked before an event is read. */
    public boolean holds(String customer) {
        return entries.asMap().containsKey(customer) || flights.pending(customer);
    }

    /** Whether a wallet of this root would matter here: asked before an event is read. */
    public boolean holdsRoot(String root) {
        return holds(root) || !flights.children(root).isEmpty();
    }

    /** An event told of a snapshot. */
    public void apply(CustomerSnapshot snapshot) {
        String customer = snapshot.customer();
        forgetUnknown(customer);
        if (!holds(customer)) {
            return;
        }
        var _ = bodies.fetch(snapshot).whenComplete((_, failure) -> {
            if (failure == null) {
                flights.tell(snapshot);
                entries.asMap()
                        .computeIfPresent(
                                customer, (_, entry) -> entry.with(entry.view().withSnapshot(snapshot)));
            } else {
                // Better not to hold it than to hold an old one.
                LOG.warnf("The bodies of customer %s could not be had: %s", customer, failure.toString());
                entries.invalidate(customer);
            }
        });
    }

    /** The ledger told of wallets, by event or in an answer. */
    public void merge(Collection<WalletState> wallets) {
        for (WalletState wallet : wallets) {
            flights.tell(wallet);
            merge(wallet.root(), wallet);
            flights.children(wallet.root()).forEach(child -> merge(child, wallet));
        }
    }

    /** The ledger told of a budget. */
    public void mergeBudget(BudgetState budget) {
        mergeBudget(budget.root(), budget);
        flights.children(budget.root()).forEach(child -> mergeBudget(child, budget));
    }

    private void mergeBudget(String customer, BudgetState budget) {
        entries.asMap()
                .computeIfPresent(
                        customer, (_, entry) -> entry.with(entry.view().withBudgets(List.of(budget))));
    }

    /** The ledger now works by this version: what it gives must be read, if the customer is held. */
    public void ledgerApplied(String customer, long version) {
        Entry entry = entries.getIfPresent(customer);
        if (entry != null && entry.ledgerVersion() < version) {
            var _ = refresh(customer, version).whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.warnf("Customer %s could not be loaded anew: %s", customer, failure.toString());
                    entries.invalidate(customer);
                }
            });
        }
    }

    /** Whether events arrive. When they begin to, or stop, everything held may have missed one and is dropped. */
    public void fed(boolean now) {
        fed = now;
        generation.incrementAndGet();
        entries.invalidateAll();
        unknown.invalidateAll();
    }

    /** About how many customers are held. */
    public long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    private boolean current(Entry entry, Instant now) {
        if (!fed && System.nanoTime() - entry.loadedNanos() > maxAgeWithoutEventsNanos) {
            return false;
        }
        return !entry.view().creditDue(now);
    }

    private void merge(String customer, WalletState wallet) {
        entries.asMap()
                .computeIfPresent(
                        customer, (_, entry) -> entry.with(entry.view().withWallets(List.of(wallet))));
    }

    private record Landing(long began, Instant asOf, long ledgerVersion) {}

    private void land(
            String customer, Flights.Boarding boarding, CustomerLoader.@Nullable Loaded loaded, Landing landing) {
        Lookup found;
        if (loaded == null) {
            entries.invalidate(customer);
            if (boarding.flight().snapshot().isEmpty() && generation.get() == landing.began()) {
                unknown.put(customer, Boolean.TRUE);
            }
            found = UNKNOWN;
        } else {
            found = new Lookup.Known(keep(customer, boarding, loaded, landing), false);
        }
        flights.end(customer, boarding.flight());
        boarding.flight().result().complete(found);
    }

    private CustomerView keep(
            String customer, Flights.Boarding boarding, CustomerLoader.Loaded loaded, Landing landing) {
        Wallets wallets = new Wallets(loaded.wallets(), landing.asOf());
        CustomerView fresh = new CustomerView(loaded.snapshot(), bodies, catalog::current, wallets);
        Entry[] made = new Entry[1];
        entries.asMap().compute(customer, (_, old) -> {
            CustomerView view = old == null
                    ? fresh
                    : old.view().withSnapshot(loaded.snapshot()).withCompleteWallets(wallets);
            view = boarding.flight().snapshot().map(view::withSnapshot).orElse(view);
            view = view.withWallets(boarding.flight().wallets()).withBudgets(loaded.budgets());
            long ledgerVersion = Math.max(landing.ledgerVersion(), old == null ? 0 : old.ledgerVersion());
            made[0] = new Entry(view, System.nanoTime(), ledgerVersion);
            // An event may have been missed since the load began: answer with it, but do not keep it.
            return generation.get() == landing.began() ? made[0] : null;
        });
        return made[0].view();
    }

    private void removed(@Nullable String customer, @Nullable Entry entry, RemovalCause cause) {
        if (customer != null && entry != null && cause != RemovalCause.REPLACED) {
            String root = entry.view().snapshot().root();
            if (!root.equals(customer) && !entries.asMap().containsKey(customer)) {
                flights.orphan(root, customer);
            }
        }
    }
}
