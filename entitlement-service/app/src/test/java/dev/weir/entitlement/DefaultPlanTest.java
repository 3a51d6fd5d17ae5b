package dev.weir.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.contract.Rollout;
import dev.weir.entitlement.catalog.app.CatalogReadModel;
import dev.weir.entitlement.contract.CustomerSnapshot;
import dev.weir.entitlement.contract.Resolution;
import dev.weir.entitlement.contract.ResolvedFeature;
import dev.weir.entitlement.contract.SourceKind;
import dev.weir.entitlement.contract.SubscriptionPart;
import dev.weir.platform.servicekit.web.DatabaseClock;
import dev.weir.platform.servicekit.web.Roles;
import dev.weir.platform.testkit.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plan that serves customers without a subscription of a product. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@TestSecurity(
        user = "olga",
        roles = {Roles.OPERATOR, Roles.PLATFORM})
class DefaultPlanTest {
    @Inject
    CatalogReadModel catalog;

    @Inject
    DatabaseClock clock;

    private final TestCatalog published = TestCatalog.standard();

    @BeforeEach
    void publishACatalogWithADefaultPlan() {
        published.plan("starter", 1, "1000", null);
        published.defaultPlan("assistant", "starter");
        published.publish(Rollout.NEW_CUSTOMERS);
    }

    @AfterEach
    void leaveNoDefaultPlan() {
        TestCatalog.standard().publish(Rollout.NEW_CUSTOMERS);
    }

    @Test
    void servesACustomerWithoutASubscription() {
        String customer = Api.customer();

        CustomerSnapshot snapshot = Api.published(customer);

        assertThat(snapshot.subscriptions()).singleElement().satisfies(part -> {
            assertThat(part.servesByDefault()).isTrue();
            assertThat(SubscriptionPart.isDefault(part.id())).isTrue();
            assertThat(part.anchor()).isEqualTo(snapshot.createdAt());
        });
        assertThat(Resolution.subscribed(snapshot, snapshot.asOf())).isTrue();
        assertThat(calls(snapshot, snapshot.asOf())).isEqualByComparingTo("1000");
        ResolvedFeature resolved = Resolution.feature(snapshot, catalog, "api-calls", null, snapshot.asOf())
                .orElseThrow();
        assertThat(resolved.sources()).singleElement().satisfies(source -> {
            assertThat(source.kind()).isEqualTo(SourceKind.PLAN);
            assertThat(source.why()).contains("default plan of assistant");
        });
    }

    @Test
    void givesWayToASubscriptionAndComesBackWhenItEnds() {
        String customer = Api.customer();
        String subscription = Api.subscription(customer, "{\"plan\":\"pro\"}");
        Instant end = clock.now().plus(Duration.ofDays(40));
        Api.act(customer, subscription, "cancel", "{\"when\":\"" + end + "\"}").statusCode(200);

        CustomerSnapshot snapshot = Api.published(customer);

        assertThat(calls(snapshot, snapshot.asOf())).isEqualByComparingTo("10000");
        assertThat(calls(snapshot, end.minusMillis(2))).isEqualByComparingTo("10000");
        assertThat(calls(snapshot, end.plusMillis(1))).isEqualByComparingTo("1000");
        assertThat(calls(Api.at(customer, snapshot.createdAt()), snapshot.createdAt()))
                .isEqualByComparingTo("1000");
        assertThat(calls(Api.at(customer, end.plusMillis(1)), end.plusMillis(1)))
                .isEqualByComparingTo("1000");
    }

    @Test
    void servesDuringAPauseAndBesideAResourcesSubscription() {
        String customer = Api.customer();
        String subscription = Api.subscription(customer, "{\"plan\":\"pro\"}");
        Api.subscription(customer, "{\"plan\":\"business\",\"resource\":\"site-1\"}");

        Api.act(customer, subscription, "pause", "{}").statusCode(200);

        CustomerSnapshot snapshot = Api.published(customer);
        assertThat(calls(snapshot, snapshot.asOf())).isEqualByComparingTo("1000");
        assertThat(Resolution.feature(snapshot, catalog, "api-calls", "site-1", snapshot.asOf())
                        .orElseThrow()
                        .limit())
                .isEqualByComparingTo("50000");
    }

    @Test
    void isSharedByTheRootWithThoseBelowIt() {
        String root = Api.customer();
        String child = Api.customer("{\"parent\":\"" + root + "\"}");

        CustomerSnapshot snapshot = Api.published(child);

        assertThat(snapshot.subscriptions()).singleElement().satisfies(part -> {
            assertThat(part.servesByDefault()).isTrue();
            assertThat(part.owner()).isEqualTo(root);
        });
    }

    @Test
    void followsTheCatalogInForceAndRemembersWhatServedBefore() {
        String customer = Api.customer();
        Instant before = later();
        Instant ignored = later();

        published.plan("starter", 2, "1500", null);
        published.publish(Rollout.NEW_CUSTOMERS);

        Awaitility.await().untilAsserted(() -> {
            CustomerSnapshot snapshot = Api.published(customer);
            assertThat(calls(snapshot, snapshot.asOf())).isEqualByComparingTo("1500");
            assertThat(calls(snapshot, before)).isEqualByComparingTo("1000");
        });
        assertThat(ignored).isAfter(before);
        assertThat(calls(Api.at(customer, before), before)).isEqualByComparingTo("1000");
    }

    @Test
    void endsWhenTheProductNamesNone() {
        String customer = Api.customer();

        published.defaultPlan("assistant", null);
        published.publish(Rollout.NEW_CUSTOMERS);

        Awaitility.await().untilAsserted(() -> {
            CustomerSnapshot snapshot = Api.published(customer);
            assertThat(Resolution.subscribed(snapshot, snapshot.asOf())).isFalse();
        });
    }

    private Instant later() {
        Instant now = clock.now();
        Awaitility.await().until(() -> clock.now().isAfter(now.plusMillis(3)));
        return clock.now();
    }

    private @Nullable BigDecimal calls(CustomerSnapshot snapshot, Instant at) {
        return Resolution.feature(snapshot, catalog, "api-calls", null, at)
                .orElseThrow()
                .limit();
    }
}
