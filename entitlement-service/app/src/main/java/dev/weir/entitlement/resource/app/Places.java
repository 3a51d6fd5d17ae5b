package dev.weir.entitlement.resource.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.resource.domain.Place;
import dev.weir.entitlement.resource.persistence.PlaceTable;
import dev.weir.entitlement.snapshot.app.CustomerWrites;
import dev.weir.entitlement.snapshot.app.CustomerWrites.Change;
import dev.weir.entitlement.snapshot.app.Snapshots;
import dev.weir.entitlement.snapshot.app.Written;
import dev.weir.platform.kernel.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Names and shows the resources of customers. */
@Singleton
public class Places {
    private final PlaceTable table;
    private final CustomerWrites writes;
    private final Snapshots snapshots;

    Places(PlaceTable table, CustomerWrites writes, Snapshots snapshots) {
        this.table = table;
        this.writes = writes;
        this.snapshots = snapshots;
    }

    /** Adds a resource or replaces what is said of it. Nobody's entitlements depend on that, so no snapshot goes out. */
    public Written<Place> put(String customer, String resource, @Nullable String name, Map<String, JsonNode> metadata) {
        return writes.write(customer, locked -> {
            Optional<Place> known = table.find(customer, resource);
            Instant created = known.map(Place::createdAt).orElse(locked.now());
            Instant updated = known.map(Place::updatedAt).orElse(locked.now());
            Place wanted = new Place(customer, resource, name, metadata, created, updated);
            if (known.filter(wanted::equals).isPresent()) {
                return Change.none(wanted);
            }
            Place put = new Place(customer, resource, name, metadata, created, locked.now());
            table.put(put);
            return Change.none(put);
        });
    }

    /** One resource; 404 UNKNOWN_CUSTOMER, UNKNOWN_RESOURCE. */
    public Place get(String customer, String resource) {
        String known = snapshots.head(customer).customer();
        return table.find(known, resource)
                .orElseThrow(() -> Problem.notFound(
                        "UNKNOWN_RESOURCE", "the customer " + customer + " has no resource " + resource));
    }

    /** A customer's resources by key. */
    public List<Place> list(String customer, @Nullable String after, int limit) {
        return table.list(snapshots.head(customer).customer(), after, limit);
    }
}
