package dev.weir.catalog.usage.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weir.entitlement.contract.PlanUsage;
import dev.weir.platform.kernel.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The read model of who holds what. */
@ApplicationScoped
public class UsageStore {

    private final DataSource database;

    UsageStore(DataSource database) {
        this.database = database;
    }

    /** Takes in what entitlement tells. */
    public void put(PlanUsage usage) {
        String sql = "INSERT INTO plan_usage (kind, key, counted_at, versions) VALUES (?, ?, ?, ?::jsonb)"
                + " ON CONFLICT (kind, key) DO UPDATE SET counted_at = EXCLUDED.counted_at,"
                + " versions = EXCLUDED.versions";
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, usage.kind().name());
            statement.setString(2, usage.key());
            statement.setObject(3, usage.countedAt().atOffset(ZoneOffset.UTC));
            statement.setString(4, Json.mapper().writeValueAsString(usage.versions()));
            statement.executeUpdate();
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("the usage of " + usage.key() + " could not be stored", e);
        }
    }

    /** What is known, by kind and key. */
    public List<PlanUsage> all() {
        List<PlanUsage> all = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT kind, key, counted_at, versions FROM plan_usage ORDER BY kind DESC, key");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(new PlanUsage(
                        PlanUsage.Kind.valueOf(rows.getString(1)),
                        rows.getString(2),
                        0,
                        rows.getObject(3, OffsetDateTime.class).toInstant(),
                        List.of(Json.lenientMapper().readValue(rows.getString(4), PlanUsage.Held[].class))));
            }
        } catch (SQLException | JsonProcessingException e) {
            throw new IllegalStateException("the usage of plans could not be read", e);
        }
        return all;
    }
}
