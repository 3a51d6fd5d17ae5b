package dev.weir.gateway.customers.app;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.gateway.upstream.app.InternalApi;
import dev.weir.gateway.upstream.domain.Target;
import dev.weir.ledger.contract.BudgetState;
import dev.weir.ledger.contract.WalletState;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Reads a customer from the services that own it: the snapshot from entitlement, the wallets from the ledger, at once. */
@Singleton
public class CustomerLoader {
    private static final TypeReference<CustomerSnapshot> SNAPSHOT = new TypeReference<>() {};
    private static final TypeReference<List<WalletState>> WALLETS = new TypeReference<>() {};
    private static final TypeReference<List<BudgetState>> BUDGETS = new TypeReference<>() {};

    private final InternalApi api;
    private final BodyStore bodies;

    CustomerLoader(InternalApi api, BodyStore bodies) {
        this.api = api;
        this.bodies = bodies;
    }

    /** What was read; every body that the snapshot names is held. */
    public record Loaded(CustomerSnapshot snapshot, List<WalletState> wallets, List<BudgetState> budgets) {
        public Loaded {
            wallets = List.copyOf(wallets);
            budgets = List.copyOf(budgets);
        }
    }

    /**
     * Reads a customer; empty if entitlement does not know it.
     *
     * @param onRoot told the owner of the wallets, if it is not the customer itself, before its wallets are read
     */
    public CompletableFuture<Optional<Loaded>> load(String customer, Consumer<String> onRoot) {
        CompletableFuture<List<WalletState>> own = wallets(customer);
        return api.get(Target.ENTITLEMENT, customerPath(customer) + "/snapshot", SNAPSHOT)
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : complete(found.get(), own, onRoot).thenApply(Optional::of));
    }

    private CompletableFuture<Loaded> complete(
            CustomerSnapshot snapshot, CompletableFuture<List<WalletState>> own, Consumer<String> onRoot) {
        CompletableFuture<List<WalletState>> wallets = own;
        if (!snapshot.root().equals(snapshot.customer())) {
            onRoot.accept(snapshot.root());
            wallets = wallets(snapshot.root());
        }
        CompletableFuture<List<WalletState>> read = wallets;
        // Budgets are read after the wallets: opening a period of theirs opens the budget's.
        return bodies.fetch(snapshot)
                .thenCombine(read, (_, states) -> states)
                .thenCompose(states -> budgets(snapshot).thenApply(budgets -> new Loaded(snapshot, states, budgets)));
    }

    /** Only where a plan sets one, so that nobody else waits for it. */
    private CompletableFuture<List<BudgetState>> budgets(CustomerSnapshot snapshot) {
        boolean budgeted = snapshot.subscriptions().stream()
                .flatMap(subscription -> subscription.phases().stream())
                .anyMatch(phase -> bodies.plan(phase.planHash()).budget() != null);
        return budgeted
                ? api.get(Target.LEDGER, customerPath(snapshot.root()) + "/budgets", BUDGETS)
                        .thenApply(found -> found.orElse(List.of()))
                : CompletableFuture.completedFuture(List.of());
    }

    private CompletableFuture<List<WalletState>> wallets(String root) {
        return api.get(Target.LEDGER, customerPath(root) + "/wallets", WALLETS)
                .thenApply(found -> found.orElse(List.of()));
    }

    /** The internal path of a customer. */
    public static String customerPath(String customer) {
        return "/internal/v1/customers/"
                + URLEncoder.encode(customer, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
