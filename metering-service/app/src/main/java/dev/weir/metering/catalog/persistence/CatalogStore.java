package dev.weir.metering.catalog.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.metering.Database;
import dev.weir.metering.catalog.app.CatalogRows;
import dev.weir.platform.kernel.Json;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The catalog's read model in PostgreSQL. */
@Singleton
class CatalogStore implements CatalogRows {

    private final Database database;

    CatalogStore(Database database) {
        this.database = database;
    }

    @Override
    public void lockForChange() {
        database.query("SELECT 1 FROM catalog_in_force FOR UPDATE", p -> {}, row -> true);
    }

    @Override
    public void lockForReading() {
        database.query("SELECT 1 FROM catalog_in_force FOR SHARE", p -> {}, row -> true);
    }

    @Override
    public void insert(PlanVersion plan) {
        insert(plan.hash(), "PLAN", plan);
    }

    @Override
    public void insert(AddonVersion addon) {
        insert(addon.hash(), "ADDON", addon);
    }

    @Override
    public Optional<PlanVersion> plan(String hash) {
        return body(hash, "PLAN", PlanVersion.class);
    }

    @Override
    public Optional<AddonVersion> addon(String hash) {
        return body(hash, "ADDON", AddonVersion.class);
    }

    @Override
    public Set<String> missing(Collection<String> hashes) {
        Set<String> missing = new HashSet<>(hashes);
        database.query(
                        "SELECT hash FROM catalog_body WHERE hash = ANY(?)",
                        p -> p.all("text", hashes),
                        row -> row.getString(1))
                .forEach(missing::remove);
        return missing;
    }

    @Override
    public void receive(CatalogInForce catalog) {
        database.update(
                "UPDATE catalog_in_force SET received_version = ?, received = ?::jsonb WHERE received_version < ?",
                p -> p.number(catalog.version()).text(write(catalog)).number(catalog.version()));
    }

    @Override
    public Optional<CatalogInForce> unapplied() {
        return database.first(
                "SELECT received FROM catalog_in_force WHERE received_version > applied_version",
                p -> {},
                row -> read(row.getString(1), CatalogInForce.class));
    }

    @Override
    public void apply() {
        database.update("UPDATE catalog_in_force SET applied_version = received_version, applied = received", p -> {});
    }

    @Override
    public long appliedVersion() {
        return database.first("SELECT applied_version FROM catalog_in_force", p -> {}, row -> row.getLong(1))
                .orElse(0L);
    }

    @Override
    public Optional<CatalogInForce> applied() {
        return database.first(
                "SELECT applied FROM catalog_in_force WHERE applied_version > 0",
                p -> {},
                row -> read(row.getString(1), CatalogInForce.class));
    }

    private void insert(String hash, String kind, Object body) {
        database.update(
                "INSERT INTO catalog_body (hash, kind, body) VALUES (?, ?, ?::jsonb) ON CONFLICT DO NOTHING",
                p -> p.text(hash).text(kind).text(write(body)));
    }

    private <T> Optional<T> body(String hash, String kind, Class<T> type) {
        return database.first(
                "SELECT body FROM catalog_body WHERE hash = ? AND kind = ?",
                p -> p.text(hash).text(kind),
                row -> read(row.getString(1), type));
    }

    private static String write(Object body) {
        try {
            return Json.mapper().writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read from JSON can be written", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return Json.lenientMapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was written here can be read: " + type.getName(), e);
        }
    }
}
