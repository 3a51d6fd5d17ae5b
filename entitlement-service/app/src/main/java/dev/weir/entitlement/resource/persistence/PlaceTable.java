package dev.weir.entitlement.resource.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.resource.domain.Place;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table of customers' resources. */
@Singleton
public class PlaceTable {
    private static final TypeReference<Map<String, JsonNode>> METADATA = new TypeReference<>() {};

    private final Sql sql;

    PlaceTable(Sql sql) {
        this.sql = sql;
    }

    /** One resource. */
    public Optional<Place> find(String customer, String resource) {
        return sql.first(
                "SELECT * FROM customer_resource WHERE customer = ? AND resource = ?",
                PlaceTable::read,
                customer,
                resource);
    }

    /** A customer's resources after a key, by key. */
    public List<Place> list(String customer, @Nullable String after, int limit) {
        return sql.list(
                "SELECT * FROM customer_resource WHERE customer = ? AND resource > ? ORDER BY resource LIMIT ?",
                PlaceTable::read,
                customer,
                after == null ? "" : after,
                limit);
    }

    /** Adds a resource, or replaces what is said of it. */
    public void put(Place place) {
        sql.update(
                """
                INSERT INTO customer_resource (customer, resource, name, metadata, created_at, updated_at)
                VALUES (?, ?, ?, ?::jsonb, ?, ?)
                ON CONFLICT (customer, resource) DO UPDATE SET name = excluded.name, metadata = excluded.metadata,
                    updated_at = excluded.updated_at""",
                place.customer(),
                place.resource(),
                place.name(),
                JsonColumn.write(place.metadata()),
                place.createdAt(),
                place.updatedAt());
    }

    /** Adds a resource of which nothing is said; one that is there stays as it is. */
    public void know(String customer, String resource, Instant at) {
        sql.update("""
                INSERT INTO customer_resource (customer, resource, metadata, created_at, updated_at)
                VALUES (?, ?, '{}', ?, ?) ON CONFLICT DO NOTHING""", customer, resource, at, at);
    }

    private static Place read(Sql.Row row) throws SQLException {
        return new Place(
                row.text("customer"),
                row.text("resource"),
                row.textOrNull("name"),
                JsonColumn.read(row.text("metadata"), METADATA),
                row.instant("created_at"),
                row.instant("updated_at"));
    }
}
