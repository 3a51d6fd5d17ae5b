package dev.weir.entitlement.bulk.persistence;

import dev.weir.entitlement.sql.persistence.Sql;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** The table of what imports have made. */
@Singleton
public class ImportedTable {

    /** Something that was imported, and the hash of what it was asked for as. */
    public record Imported(UUID made, String hash) {}

    private final Sql sql;

    ImportedTable(Sql sql) {
        this.sql = sql;
    }

    /** What was made under a key. */
    public Optional<Imported> find(String customer, String kind, String key) {
        return sql.first(
                "SELECT made, hash FROM imported WHERE customer = ? AND kind = ? AND key = ?",
                row -> new Imported(row.uuid("made"), row.text("hash")),
                customer,
                kind,
                key);
    }

    /** Remembers what was made. */
    public void insert(String customer, String kind, String key, Imported made) {
        sql.update(
                "INSERT INTO imported (customer, kind, key, made, hash) VALUES (?, ?, ?, ?, ?)",
                customer,
                kind,
                key,
                made.made(),
                made.hash());
    }
}
