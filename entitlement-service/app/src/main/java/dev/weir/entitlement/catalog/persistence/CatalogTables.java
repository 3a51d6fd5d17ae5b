package dev.weir.entitlement.catalog.persistence;

import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.sql.persistence.JsonColumn;
import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/** The tables of the catalog's read model. */
@Singleton
public class CatalogTables {

    /** A catalog and its version; version 0 is before the first. */
    public record Held(long arrivedVersion, String arrived, long appliedVersion) {}

    private final Sql sql;

    CatalogTables(Sql sql) {
        this.sql = sql;
    }

    /** Stores a plan body; a body that is here stays as it is. */
    public void storePlan(PlanVersion body) {
        store(body.hash(), "PLAN", body.plan(), body.version(), JsonColumn.write(body));
    }

    /** Stores an add-on body; a body that is here stays as it is. */
    public void storeAddon(AddonVersion body) {
        store(body.hash(), "ADDON", body.addon(), body.version(), JsonColumn.write(body));
    }

    private void store(String hash, String kind, String key, int version, String json) {
        sql.update(
                "INSERT INTO catalog_body (hash, kind, key, version, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                hash,
                kind,
                key,
                version,
                json);
    }

    /** Locks the state: whoever holds it sees every body that was stored before. */
    public Held lock() {
        return sql.first(
                        "SELECT arrived_version, arrived, applied_version FROM catalog_state FOR UPDATE",
                        row -> new Held(
                                row.number("arrived_version"), row.text("arrived"), row.number("applied_version")))
                .orElseThrow();
    }

    /** Notes the latest catalog that arrived. */
    public void arrived(CatalogInForce catalog) {
        sql.update(
                "UPDATE catalog_state SET arrived_version = ?, arrived = ?",
                catalog.version(),
                JsonColumn.write(catalog));
    }

    /** Notes that the catalog that arrived is whole. */
    public void applied(Held held) {
        sql.update("UPDATE catalog_state SET applied_version = ?, applied = ?", held.arrivedVersion(), held.arrived());
    }

    /** How many of these bodies are here. */
    public long countBodies(Collection<String> hashes) {
        return sql.first("SELECT count(*) AS n FROM catalog_body WHERE hash = ANY (?)", row -> row.number("n"), hashes)
                .orElse(0L);
    }

    /** The version of the catalog in force; 0 before the first. */
    public long appliedVersion() {
        return sql.first("SELECT applied_version FROM catalog_state", row -> row.number("applied_version"))
                .orElse(0L);
    }

    /** The catalog in force; empty before the first. */
    public Optional<CatalogInForce> appliedCatalog() {
        return sql.first("SELECT applied FROM catalog_state WHERE applied_version > 0", row -> row.text("applied"))
                .map(json -> JsonColumn.read(json, CatalogInForce.class));
    }

    /** A plan body by hash. */
    public Optional<PlanVersion> plan(String hash) {
        return body("PLAN", hash).map(json -> JsonColumn.read(json, PlanVersion.class));
    }

    /** An add-on body by hash. */
    public Optional<AddonVersion> addon(String hash) {
        return body("ADDON", hash).map(json -> JsonColumn.read(json, AddonVersion.class));
    }

    private Optional<String> body(String kind, String hash) {
        return sql.first(
                "SELECT body FROM catalog_body WHERE hash = ? AND kind = ?", row -> row.text("body"), hash, kind);
    }

    /** The hash of a plan's version. */
    public Optional<String> planHash(String plan, int version) {
        return sql.first(
                "SELECT hash FROM catalog_body WHERE kind = 'PLAN' AND key = ? AND version = ?",
                row -> row.text("hash"),
                plan,
                version);
    }

    /** The hash of a plan's latest version. */
    public Optional<String> latestPlanHash(String plan) {
        return sql.first(
                "SELECT hash FROM catalog_body WHERE kind = 'PLAN' AND key = ? ORDER BY version DESC LIMIT 1",
                row -> row.text("hash"),
                plan);
    }
}
