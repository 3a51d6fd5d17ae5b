package dev.weir.entitlement.price.app;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.price.domain.PriceOverride;
import dev.weir.entitlement.price.persistence.PriceOverrideTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Change;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Agrees prices with single customers, shows them and ends them; whoever bills reads them from the snapshot. */
@Singleton
public class PriceOverrides {
    private final PriceOverrideTable table;
    private final CustomerWrites writes;
    private final Snapshots snapshots;
    private final CatalogReadModel catalog;
    private final KeyWait keyWait;

    PriceOverrides(
            PriceOverrideTable table,
            CustomerWrites writes,
            Snapshots snapshots,
            CatalogReadModel catalog,
            KeyWait keyWait) {
        this.table = table;
        this.writes = writes;
        this.snapshots = snapshots;
        this.catalog = catalog;
        this.keyWait = keyWait;
    }

    /**
     * Agrees a price. 422 UNKNOWN_PLAN, UNKNOWN_ADDON, UNKNOWN_CHARGE, PRICE_MODEL_MISMATCH; 400 for a beginning in the past, as
     * what was billed stays.
     */
    public Written<PriceOverride> make(MakePriceOverride wish) {
        check(wish, charges(wish));
        return writes.write(wish.customer(), locked -> {
            Instant from = wish.from() == null ? locked.now() : wish.from();
            Faults faults = new Faults();
            if (from.isBefore(locked.now())) {
                faults.add("from", "INVALID_VALUE", "must not lie in the past");
            }
            if (wish.to() != null && !from.isBefore(wish.to())) {
                faults.add("to", "INVALID_VALUE", "must lie after from");
            }
            faults.refuse();
            PriceOverride made = new PriceOverride(
                    Ids.next(),
                    wish.customer(),
                    wish.plan(),
                    wish.addon(),
                    wish.charge(),
                    wish.price(),
                    from,
                    wish.to(),
                    wish.reason(),
                    locked.now(),
                    wish.author(),
                    null,
                    null);
            table.insert(made);
            return Change.made(made);
        });
    }

    private List<Charge> charges(MakePriceOverride wish) {
        String plan = wish.plan();
        if (plan != null) {
            return keyWait.forValue(() -> catalog.findLatestPlan(plan))
                    .map(PlanVersion::charges)
                    .orElseThrow(() -> unknown("plan", "UNKNOWN_PLAN", "is no plan of the catalog"));
        }
        String addon = String.valueOf(wish.addon());
        return keyWait.forValue(() -> catalog.findAddon(addon))
                .map(AddonVersion::charges)
                .orElseThrow(() -> unknown("addon", "UNKNOWN_ADDON", "is no add-on of the catalog"));
    }

    private static void check(MakePriceOverride wish, List<Charge> charges) {
        Charge charge = charges.stream()
                .filter(known -> known.key().equals(wish.charge()))
                .findFirst()
                .orElseThrow(() -> unknown(
                        "charge",
                        "UNKNOWN_CHARGE",
                        "is none of "
                                + charges.stream().map(Charge::key).sorted().toList()));
        if (charge.price().model() != wish.price().model()) {
            throw unknown(
                    "price.model",
                    "PRICE_MODEL_MISMATCH",
                    "must be " + charge.price().model() + ", as in the catalog");
        }
    }

    private static Problem unknown(String field, String code, String detail) {
        return Problem.unprocessable(code, field + " " + detail).error(field, code, detail);
    }

    /** Ends one now; one that has ended stays as it is. 404 NOT_FOUND. */
    public Written<PriceOverride> end(String customer, UUID id, String author) {
        return writes.write(customer, locked -> {
            PriceOverride known = table.find(customer, id)
                    .orElseThrow(() -> Problem.notFound("NOT_FOUND", "the customer has no price override " + id));
            Optional<Instant> end = Optional.ofNullable(known.end());
            if (end.filter(instant -> !instant.isAfter(locked.now())).isPresent()) {
                return Change.none(known);
            }
            table.end(id, locked.now(), author);
            return Change.made(table.find(customer, id).orElseThrow());
        });
    }

    /** A customer's, by id. */
    public List<PriceOverride> list(String customer, @Nullable UUID after, int limit) {
        return table.list(snapshots.head(customer).customer(), after, limit);
    }
}
