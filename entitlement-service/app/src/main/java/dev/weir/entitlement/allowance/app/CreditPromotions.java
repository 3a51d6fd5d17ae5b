package dev.weir.entitlement.allowance.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.CreditUnit;
import dev.weir.entitlement.allowance.domain.CreditPromotion;
import dev.weir.entitlement.allowance.persistence.CreditPromotionTable;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Change;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Locked;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.events.KeyWait;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Promises customers credit, which the ledger issues once from the snapshot, shows it and ends it. */
@Singleton
public class CreditPromotions {
    private static final int WHOLE_DIGITS_MAX = 18;

    private final CreditPromotionTable table;
    private final CustomerWrites writes;
    private final CatalogReadModel catalog;
    private final KeyWait keyWait;

    CreditPromotions(CreditPromotionTable table, CustomerWrites writes, CatalogReadModel catalog, KeyWait keyWait) {
        this.table = table;
        this.writes = writes;
        this.catalog = catalog;
        this.keyWait = keyWait;
    }

    /** Promises credit; 422 UNKNOWN_UNIT, and CREDITS_OF_ROOT for a customer that draws on another's wallets. */
    public Written<CreditPromotion> make(MakeCredit wish) {
        CreditUnit unit = unit(wish.unit());
        check(wish, unit);
        return writes.write(wish.customer(), locked -> {
            if (locked.customer().parent() != null) {
                throw Problem.unprocessable(
                        "CREDITS_OF_ROOT",
                        "the customer draws on the wallets of "
                                + locked.customer().root() + "; promise it to that one");
            }
            CreditPromotion made = promotion(wish, unit, locked);
            table.insert(made);
            return Change.made(made);
        });
    }

    /** The unit as the catalog in force has it; 422 UNKNOWN_UNIT if it does not arrive in time. */
    CreditUnit unit(String key) {
        return keyWait.forValue(
                        () -> catalog.inForce().map(CatalogInForce::creditUnits).map(units -> units.get(key)))
                .orElseThrow(
                        () -> Problem.unprocessable("UNKNOWN_UNIT", "the catalog in force has no credit unit " + key)
                                .error("credits.unit", "UNKNOWN_UNIT", "is no credit unit of the catalog"));
    }

    /** Refuses an amount that the unit cannot hold, and an expiry that lies before the beginning. */
    void check(MakeCredit wish, CreditUnit unit) {
        Faults faults = new Faults();
        if (wish.amount().signum() <= 0) {
            faults.add("credits.amount", "INVALID_QUANTITY", "must be more than 0");
        } else if (wish.amount().stripTrailingZeros().scale() > unit.scale()) {
            faults.add("credits.amount", "INVALID_QUANTITY", "must have at most " + unit.scale() + " decimals");
        } else if (wish.amount().precision() - wish.amount().scale() > WHOLE_DIGITS_MAX - unit.scale()) {
            faults.add("credits.amount", "INVALID_QUANTITY", "is too large");
        }
        Instant from = wish.from() == null ? writes.now() : wish.from();
        if (wish.expiresAt() != null && !from.isBefore(wish.expiresAt())) {
            faults.add("to", "INVALID_VALUE", "must lie after from");
        }
        faults.refuse();
    }

    private static CreditPromotion promotion(MakeCredit wish, CreditUnit unit, Locked locked) {
        UUID id = Ids.next();
        Instant from = wish.from() == null ? locked.now() : wish.from();
        Instant until = wish.expiresAt();
        String after = until == null
                ? wish.expiresAfter()
                : Duration.between(from, until).toString();
        return new CreditPromotion(
                id,
                wish.customer(),
                unit.key(),
                unit.scale(),
                wish.amount(),
                wish.priority(),
                after,
                from,
                wish.reference() == null ? id.toString() : wish.reference(),
                wish.reason(),
                locked.now(),
                wish.author(),
                null,
                null);
    }

    /** Ends one: if it was not issued yet it never is. One that has ended stays as it is; empty if there is none. */
    public Optional<Written<CreditPromotion>> end(String customer, UUID id, String author) {
        if (table.find(customer, id).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(writes.write(customer, locked -> {
            CreditPromotion known = table.find(customer, id).orElseThrow();
            if (known.endedAt() != null) {
                return Change.none(known);
            }
            table.end(id, locked.now(), author);
            return Change.made(table.find(customer, id).orElseThrow());
        }));
    }

    /** A customer's, by id. */
    public List<CreditPromotion> list(String customer, @Nullable UUID after, int limit) {
        return table.list(customer, after, limit);
    }
}
