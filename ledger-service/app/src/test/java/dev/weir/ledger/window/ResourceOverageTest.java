package dev.weir.ledger.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.OnLimit;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.entitlement.contract.SubscriptionPhase;
import dev.weir.ledger.Catalogue;
import dev.weir.ledger.LedgerTestSupport;
import dev.weir.ledger.contract.WindowId;
import dev.weir.metering.contract.ReportedTotal;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.testkit.PostgresResource;
import dev.weir.platform.testkit.TestEvents;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two workspaces of one customer, each with a limit of its own whose periods begin together. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class ResourceOverageTest {
    private static final PlanVersion SMALL =
            Catalogue.plan("small", 1, List.of(), null, Catalogue.limit("api-calls", "10", "P1M", OnLimit.SOFT));
    private static final PlanVersion BIG =
            Catalogue.plan("big", 1, List.of(), null, Catalogue.limit("api-calls", "100", "P1M", OnLimit.SOFT));

    @Inject
    DataSource database;

    private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final Instant start = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);

    @Test
    void aRaiseTakesBackTheOverageOfItsOwnWorkspaceOnly() throws SQLException {
        LedgerTestSupport.catalog();
        LedgerTestSupport.deliver(SMALL);
        LedgerTestSupport.deliver(BIG);
        for (String raised : List.of("north", "south", "north", "south")) {
            String customer = "workspaces-" + Ids.next();
            LedgerTestSupport.deliver(snapshot(customer, 1, null));
            used(customer, "north");
            used(customer, "south");
            assertThat(overage(customer)).isEqualTo(Map.of("north", 5L, "south", 5L));

            LedgerTestSupport.deliver(snapshot(customer, 2, raised));

            assertThat(overage(customer).get(raised)).isZero();
            assertThat(overage(customer)).containsValue(5L);
        }
    }

    private CustomerSnapshot snapshot(String customer, long version, @Nullable String raised) {
        return new CustomerSnapshot(
                customer,
                customer,
                null,
                version,
                customer,
                "UTC",
                null,
                "USD",
                false,
                start,
                Instant.now(),
                List.of(part(customer, "north", raised), part(customer, "south", raised)),
                List.of());
    }

    private SubscriptionPart part(String customer, String resource, @Nullable String raised) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<SubscriptionPhase> phases = resource.equals(raised)
                ? List.of(Catalogue.phase(start, now, SMALL), Catalogue.phase(now, null, BIG))
                : List.of(Catalogue.phase(start, null, SMALL));
        return new SubscriptionPart(Ids.of(customer + resource), "assistant", resource, start, phases);
    }

    private void used(String customer, String resource) {
        ReportedTotal body = new ReportedTotal(
                WindowId.of(customer, "api-calls", resource, hour),
                customer,
                customer,
                resource,
                "api-calls",
                hour,
                hour.plus(1, ChronoUnit.HOURS),
                1,
                15,
                0,
                Instant.now());
        TestEvents.deliver(
                "dev.weir.metering.reported-total.v1", body.windowId().toString(), 1, body);
    }

    private Map<String, Long> overage(String customer) throws SQLException {
        Map<String, Long> byResource = new TreeMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT resource, sum(overage) FROM usage_window WHERE customer = ? GROUP BY 1")) {
            statement.setString(1, customer);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    byResource.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return byResource;
    }
}
