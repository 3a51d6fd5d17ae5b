package dev.weir.entitlement.bulk.app;

import dev.weir.entitlement.allowance.app.AllowanceService;
import dev.weir.entitlement.allowance.app.AllowanceWish;
import dev.weir.entitlement.allowance.app.CreditPromotions;
import dev.weir.entitlement.allowance.app.OverrideRequest;
import dev.weir.entitlement.allowance.app.PromotionRequest;
import dev.weir.entitlement.bulk.domain.ImportResult;
import dev.weir.entitlement.bulk.domain.ImportResult.Status;
import dev.weir.entitlement.bulk.persistence.ImportedTable;
import dev.weir.entitlement.bulk.persistence.ImportedTable.Imported;
import dev.weir.entitlement.customer.app.CustomerRequest;
import dev.weir.entitlement.customer.app.CustomerService;
import dev.weir.entitlement.customer.domain.Customer;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.price.app.PriceOverrideRequest;
import dev.weir.entitlement.price.app.PriceOverrides;
import dev.weir.entitlement.subscription.app.SubscriptionRequest;
import dev.weir.entitlement.subscription.app.SubscriptionService;
import dev.weir.platform.kernel.CanonicalJson;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Imports one customer with what it has: all of it, or nothing. */
@Singleton
public class ItemImport {
    private final CustomerService customers;
    private final SubscriptionService subscriptions;
    private final AllowanceService allowances;
    private final CreditPromotions credits;
    private final PriceOverrides prices;
    private final ImportedTable imported;

    ItemImport(
            CustomerService customers,
            SubscriptionService subscriptions,
            AllowanceService allowances,
            CreditPromotions credits,
            PriceOverrides prices,
            ImportedTable imported) {
        this.customers = customers;
        this.subscriptions = subscriptions;
        this.allowances = allowances;
        this.credits = credits;
        this.prices = prices;
        this.imported = imported;
    }

    /** What is being imported, as far as it has come. */
    private static final class Work {
        private final String customer;
        private final String author;
        private final List<ImportResult.Part> parts = new ArrayList<>();
        private boolean changed;

        Work(String customer, String author) {
            this.customer = customer;
            this.author = author;
        }
    }

    /** Imports an item in a transaction of its own; a problem of a part names the part. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public ImportResult run(int index, ImportItem item, String author) {
        String customer = key("customer", item.customer());
        Optional<Customer> before = customers.find(customer);
        CustomerRequest said = new CustomerRequest(
                item.name(), item.timeZone(), item.country(), item.currency(), item.parent(), item.metadata());
        long version = customers.put(said.wish(customer)).snapshotVersion();
        Work work = new Work(customer, author);
        work.changed = before.map(known -> known.version() != version).orElse(true);
        each("subscriptions", item.subscriptions(), part -> subscription(work, part));
        each("promotions", item.promotions(), part -> promotion(work, part));
        each("overrides", item.overrides(), part -> override(work, part));
        each("priceOverrides", item.priceOverrides(), part -> price(work, part));
        Status status = before.isEmpty() ? Status.CREATED : work.changed ? Status.UPDATED : Status.UNCHANGED;
        return new ImportResult(index, customer, status, null, null, List.of(), work.parts);
    }

    private interface Part<T> {
        void run(T part);
    }

    private static <T> void each(String place, @Nullable List<T> parts, Part<T> work) {
        if (parts == null) {
            return;
        }
        for (int i = 0; i < parts.size(); i++) {
            String at = place + "[" + i + "]";
            T part = parts.get(i);
            if (part == null) {
                throw Problem.badRequest("REQUIRED", at + " must be given").error(at, "REQUIRED", "must be given");
            }
            try {
                work.run(part);
            } catch (Problem problem) {
                throw within(at, problem);
            }
        }
    }

    /** The problem of a part, told of the item. */
    private static Problem within(String place, Problem problem) {
        Problem told = new Problem(problem.status(), problem.code(), place + ": " + problem.detail());
        if (problem.errors().isEmpty()) {
            told.error(place, problem.code(), problem.detail());
        }
        problem.errors().forEach(error -> told.error(place + "." + error.field(), error.code(), error.detail()));
        return told;
    }

    private void subscription(Work work, ImportItem.Subscription part) {
        SubscriptionRequest request = new SubscriptionRequest(
                part.plan(),
                part.version(),
                part.addons(),
                part.trial(),
                part.start(),
                part.end(),
                part.anchor(),
                part.resource(),
                part.coupon());
        once(
                work,
                "SUBSCRIPTION",
                part.key(),
                part,
                () -> subscriptions
                        .create(request.wish(work.customer, work.author))
                        .value()
                        .subscription()
                        .id());
    }

    private void promotion(Work work, ImportItem.Promotion part) {
        PromotionRequest request = new PromotionRequest(
                part.feature(), part.entitlement(), part.credits(), part.from(), part.to(), part.reason());
        once(
                work,
                "PROMOTION",
                part.key(),
                part,
                () -> part.credits() == null
                        ? allowances
                                .make(AllowanceWish.of(work.customer, request, work.author))
                                .value()
                                .id()
                        : credits.make(AllowanceWish.credit(work.customer, request, part.credits(), null, work.author))
                                .value()
                                .id());
    }

    private void override(Work work, ImportItem.Override part) {
        OverrideRequest request = new OverrideRequest(
                part.feature(), part.entitlement(), part.revoke(), part.from(), part.to(), part.reason());
        once(
                work,
                "OVERRIDE",
                part.key(),
                part,
                () -> allowances
                        .make(AllowanceWish.of(work.customer, request, work.author))
                        .value()
                        .id());
    }

    private void price(Work work, ImportItem.PriceOverride part) {
        PriceOverrideRequest request = new PriceOverrideRequest(
                part.plan(), part.addon(), part.charge(), part.price(), part.from(), part.to(), part.reason());
        once(
                work,
                "PRICE_OVERRIDE",
                part.key(),
                part,
                () -> prices.make(request.wish(work.customer, work.author))
                        .value()
                        .id());
    }

    /** Makes what was not made under that key before; 409 IMPORT_KEY_REUSED if something else was. */
    private void once(Work work, String kind, @Nullable String key, Object part, Supplier<UUID> make) {
        String known = key("key", key);
        String hash = CanonicalJson.hash(part);
        Optional<Imported> before = imported.find(work.customer, kind, known);
        if (before.isPresent() && !before.get().hash().equals(hash)) {
            throw Problem.conflict("IMPORT_KEY_REUSED", "something else was imported under the key " + known)
                    .error("key", "IMPORT_KEY_REUSED", "stands for something else");
        }
        UUID id = before.map(Imported::made).orElseGet(() -> {
            UUID made = make.get();
            imported.insert(work.customer, kind, known, new Imported(made, hash));
            work.changed = true;
            return made;
        });
        work.parts.add(new ImportResult.Part(kind, known, id));
    }

    private static String key(String field, @Nullable String key) {
        Faults faults = new Faults();
        if (key == null) {
            faults.required(field);
        }
        faults.text(field, key);
        faults.refuse();
        return String.valueOf(key);
    }
}
