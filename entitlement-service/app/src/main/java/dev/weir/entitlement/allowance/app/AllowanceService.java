package dev.weir.entitlement.allowance.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FeatureDefinition;
import dev.weir.entitlement.allowance.domain.Allowance;
import dev.weir.entitlement.allowance.domain.Grant;
import dev.weir.entitlement.allowance.persistence.AllowanceTable;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.AllowancePart;
import dev.weir.entitlement.contract.Recurrence;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Change;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Locked;
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

/** Makes, shows and ends promotions and overrides. */
@Singleton
public class AllowanceService {
    private final AllowanceTable table;
    private final CustomerWrites writes;
    private final Snapshots snapshots;
    private final CatalogReadModel catalog;
    private final KeyWait keyWait;

    AllowanceService(
            AllowanceTable table,
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

    /** Makes one; 404 UNKNOWN_FEATURE if the catalog in force has no such feature. */
    public Written<Allowance> make(MakeAllowance wish) {
        CatalogInForce inForce = keyWait.forValue(
                        () -> catalog.inForce().filter(known -> known.features().containsKey(wish.feature())))
                .orElseThrow(() ->
                        Problem.notFound("UNKNOWN_FEATURE", "the catalog in force has no feature " + wish.feature()));
        return writes.write(wish.customer(), locked -> {
            Allowance made = allowance(wish, inForce, locked);
            table.insert(made);
            return Change.made(made);
        });
    }

    private Allowance allowance(MakeAllowance wish, CatalogInForce inForce, Locked locked) {
        FeatureDefinition definition = inForce.features().get(wish.feature());
        if (definition == null) {
            throw new IllegalStateException("the catalog lacks the feature that was found in it");
        }
        Instant from = wish.from() == null ? locked.now() : wish.from();
        Grant grant = wish.grant();
        Entitlement entitlement = grant == null ? null : fit(grant, definition, inForce, wish, from);
        if (wish.to() != null && !from.isBefore(wish.to())) {
            throw Problem.badRequest("INVALID_VALUE", "to must lie after from")
                    .error("to", "INVALID_VALUE", "must lie after from");
        }
        return new Allowance(
                Ids.next(),
                wish.customer(),
                wish.kind(),
                wish.feature(),
                definition,
                entitlement,
                grant == null,
                from,
                wish.to(),
                wish.reason(),
                locked.now(),
                wish.author(),
                null,
                null);
    }

    private Entitlement fit(
            Grant grant, FeatureDefinition definition, CatalogInForce inForce, MakeAllowance wish, Instant from) {
        Optional<ResolvedFeature> has =
                Resolution.feature(snapshots.current(wish.customer()), catalog, wish.feature(), null, from);
        Recurrence recurrence = has.map(ResolvedFeature::recurrence).orElse(null);
        boolean limited =
                has.filter(ResolvedFeature::granted).map(ResolvedFeature::limit).isPresent();
        Faults faults = new Faults();
        Entitlement entitlement = grant.fit(
                definition, inForce.creditUnits(), recurrence == null ? null : recurrence.every(), limited, faults);
        faults.refuse();
        return entitlement;
    }

    /** Ends one now; one that has ended stays as it is. */
    public Written<Allowance> end(String customer, AllowancePart.Kind kind, UUID id, String author) {
        return writes.write(customer, locked -> {
            Allowance known = table.find(customer, kind, id)
                    .orElseThrow(() -> Problem.notFound(
                            "NOT_FOUND",
                            "the customer has no " + kind.name().toLowerCase(java.util.Locale.ROOT) + " " + id));
            Instant end = known.end();
            if (end != null && !end.isAfter(locked.now())) {
                return Change.none(known);
            }
            Allowance ended = known.ended(locked.now(), author);
            table.end(ended);
            return Change.made(ended);
        });
    }

    /** A customer's, by id. */
    public List<Allowance> list(String customer, AllowancePart.Kind kind, @Nullable UUID after, int limit) {
        String known = snapshots.head(customer).customer();
        return table.list(known, kind, after, limit);
    }
}
