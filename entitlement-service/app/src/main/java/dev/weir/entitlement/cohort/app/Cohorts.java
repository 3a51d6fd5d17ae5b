package dev.weir.entitlement.cohort.app;

import dev.weir.entitlement.cohort.domain.Cohort;
import dev.weir.entitlement.cohort.persistence.CohortTable;
import dev.weir.entitlement.input.domain.Faults;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes, shows and removes cohorts. */
@Singleton
public class Cohorts {
    private final CohortTable table;
    private final CustomerWrites writes;

    Cohorts(CohortTable table, CustomerWrites writes) {
        this.table = table;
        this.writes = writes;
    }

    /** Creates a cohort or replaces what is said of it; 422 UNKNOWN_CUSTOMER names those that do not exist. */
    @Transactional
    public Cohort put(PutCohort wish) {
        Optional<Cohort> known = table.lock(wish.key());
        List<String> customers = wish.customers() == null ? List.of() : wish.customers();
        refuseUnknown(customers);
        Instant now = writes.now();
        Cohort wanted = new Cohort(
                wish.key(),
                wish.name(),
                wish.filter(),
                known.map(Cohort::createdAt).orElse(now),
                known.map(Cohort::updatedAt).orElse(now),
                known.map(Cohort::updatedBy).orElse(wish.author()));
        boolean same = known.filter(wanted::equals).isPresent();
        if (!same) {
            wanted = new Cohort(wanted.key(), wanted.name(), wanted.filter(), wanted.createdAt(), now, wish.author());
            table.put(wanted);
        }
        if (table.list(wish.key(), customers) && same) {
            wanted = new Cohort(wanted.key(), wanted.name(), wanted.filter(), wanted.createdAt(), now, wish.author());
            table.put(wanted);
        }
        return wanted;
    }

    private void refuseUnknown(List<String> customers) {
        Faults faults = new Faults();
        for (String customer : unknown(customers)) {
            faults.add("customers[" + customers.indexOf(customer) + "]", "UNKNOWN_CUSTOMER", "is no customer");
        }
        faults.refuse(422);
    }

    /** Removes a cohort; 409 COHORT_IN_USE while promotions run for it. Its migrations are not touched, as they keep the list of their customers. */
    @Transactional
    public Cohort delete(String key) {
        Cohort known = table.lock(key).orElseThrow(() -> unknown(key));
        if (table.hasPromotions(key)) {
            throw Problem.conflict("COHORT_IN_USE", "promotions run for the cohort; end them first");
        }
        table.delete(key);
        return known;
    }

    /** One cohort; 404 UNKNOWN_COHORT if there is none. */
    public Cohort get(String key) {
        return table.find(key).orElseThrow(() -> unknown(key));
    }

    /** Cohorts by key. */
    public List<Cohort> list(@Nullable String after, int limit) {
        return table.list(after, limit);
    }

    /** Who belongs to a cohort now, by customer. */
    public List<String> members(String key, @Nullable String after, int limit) {
        return table.members(get(key).key(), after, limit);
    }

    /** Whether a customer is archived. */
    public boolean isArchived(String customer) {
        return table.isArchived(customer);
    }

    /** Whether there is such a cohort. */
    public boolean exists(String key) {
        return table.find(key).isPresent();
    }

    /** Those of these customers that do not exist. */
    public List<String> unknown(List<String> customers) {
        return customers.isEmpty() ? List.of() : table.unknown(customers);
    }

    /** How many belong to a cohort now. */
    public long count(String key) {
        return table.count(key);
    }

    static Problem unknown(String key) {
        return Problem.notFound("UNKNOWN_COHORT", "there is no cohort " + key);
    }
}
