package dev.weir.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.ContentHash;
import dev.weir.catalog.contract.Coupon;
import dev.weir.catalog.contract.CouponDuration;
import dev.weir.catalog.contract.Entitlement;
import dev.weir.catalog.contract.FilterOperator;
import dev.weir.catalog.contract.MeterFilter;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.contract.Price;
import dev.weir.catalog.contract.PriceModel;
import dev.weir.catalog.contract.Rollout;
import dev.weir.catalog.contract.Visibility;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.app.DocumentWriter;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.catalog.publication.domain.CatalogCompiler;
import dev.weir.catalog.publication.domain.KnownVersions;
import dev.weir.platform.kernel.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every part of a document arrives in what is published. */
class EveryPartTest {

    private static final KnownVersions NONE = new KnownVersions(Map.of());

    @Test
    void theDocumentIsReadAndComesBackFromItsOwnExports() {
        Node document = node();

        Node fromJson = DocumentText.read(DocumentWriter.json(document), DocumentFormat.JSON, new Faults());
        Node fromYaml = DocumentText.read(DocumentWriter.yaml(document), DocumentFormat.YAML, new Faults());

        assertThat(fromJson).isEqualTo(document);
        assertThat(fromYaml).isEqualTo(document);
    }

    @Test
    void whatIsPublishedReadsTheSameFromItsJson() throws IOException {
        CatalogBodies compiled = compiled();
        CatalogInForce inForce = compiled.inForce(1, Instant.EPOCH, Rollout.ALL_CUSTOMERS);

        CatalogInForce read = Json.mapper().readValue(Json.mapper().writeValueAsString(inForce), CatalogInForce.class);

        assertThat(read).isEqualTo(inForce);
        for (PlanVersion plan : compiled.plans().values()) {
            assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(plan), PlanVersion.class))
                    .isEqualTo(plan);
            assertThat(ContentHash.of(plan)).isEqualTo(plan.hash());
        }
        for (AddonVersion addon : compiled.addons().values()) {
            assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(addon), AddonVersion.class))
                    .isEqualTo(addon);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMeterFiltersByEveryOperator(FilterOperator operator) {
        List<MeterFilter> filters =
                Objects.requireNonNull(compiled().meters().get("tokens")).filters();

        assertThat(filters)
                .filteredOn(filter -> filter.operator() == operator)
                .singleElement()
                .satisfies(filter -> assertThat(filter.values())
                        .hasSize(
                                switch (operator) {
                                    case EXISTS -> 0;
                                    case IN -> 2;
                                    case EQ, NE, LT, LE, GT, GE, CONTAINS, STARTS_WITH -> 1;
                                }));
    }

    @ParameterizedTest
    @EnumSource
    void aPlanChargesByEveryModel(PriceModel model) {
        assertThat(plan("team").charges())
                .extracting(charge -> charge.price().model())
                .contains(model);
    }

    @Test
    void aGroupGivesWhatNoPlanOfTheLineNames() {
        Map<String, Entitlement> given = plan("team").layers().getFirst().entitlements();

        assertThat(given)
                .containsEntry("sso", Entitlement.whole("sso"))
                .containsEntry("audit-log", Entitlement.whole("audit-log"))
                .containsEntry("latency", Entitlement.whole("latency"))
                .doesNotContainKey("max-context");
        assertThat(plan("team").features()).containsKeys("sso", "audit-log", "latency", "fastest");
        assertThat(addon("hardening").entitlements()).containsOnlyKeys("sso", "audit-log");
    }

    @ParameterizedTest(name = "currency {0}, country {1}: {2}")
    @CsvSource({
        "EUR, DE, 47.00",
        "EUR, FR, 45.00",
        "EUR,   , 45.00",
        "GBP, GB, 39.00",
        "USD, IN, 19.00",
        "USD, US, 49.00",
        "USD,   , 49.00",
        "JPY, JP, 49.00",
        "   , DE, 47.00",
        "   , US, 49.00",
        "   ,   , 49.00"
    })
    void aPriceIsTheNearest(@Nullable String currency, @Nullable String country, String amount) {
        Price price = charge("platform-fee").priceFor(currency, country);

        assertThat(price.amount()).isEqualTo(amount);
    }

    @Test
    void aFeeIsDueOnceOrRecurs() {
        assertThat(plan("team").charges())
                .filteredOn(Charge::once)
                .extracting(Charge::key)
                .containsExactly("setup");
    }

    @Test
    void carriesWhatPeopleRead() {
        assertThat(plan("free").description()).startsWith("For a first look.");
        assertThat(plan("free").visibility()).as("PUBLIC goes without saying").isNull();
        assertThat(plan("base").shownTo()).isEqualTo(Visibility.PRIVATE);
        assertThat(plan("team").shownTo()).as("not inherited").isEqualTo(Visibility.PUBLIC);
        assertThat(Objects.requireNonNull(plan("team").features().get("sso")).title())
                .isEqualTo("Single sign-on");
    }

    @Test
    void carriesWhatBoundsAnAddon() {
        AddonVersion more = addon("more-requests");

        assertThat(more.minQuantity()).isEqualTo(2);
        assertThat(more.maxQuantity()).isEqualTo(20);
        assertThat(more.compatibleWith()).containsExactly("base", "team");
        assertThat(addon("most-requests").requires()).containsExactly("more-requests");
    }

    @Test
    void carriesCoupons() {
        Map<String, Coupon> coupons =
                compiled().inForce(1, Instant.EPOCH, Rollout.NEW_CUSTOMERS).coupons();

        assertThat(coupons).containsOnlyKeys("launch", "sorry", "friends");
        Coupon launch = Objects.requireNonNull(coupons.get("launch"));
        assertThat(launch.duration()).isEqualTo(CouponDuration.REPEATING);
        assertThat(launch.months()).isEqualTo(3);
        assertThat(Objects.requireNonNull(coupons.get("sorry")).goesWith("other"))
                .isFalse();
    }

    @Test
    void addsNothingToADocumentThatDoesNotUseIt() throws IOException {
        CatalogBodies example = compile(DocumentText.read(Documents.example(), DocumentFormat.YAML, new Faults()));

        String bodies = Json.mapper()
                .writeValueAsString(
                        Stream.of(example.plans().values(), example.addons().values())
                                .toList());

        assertThat(bodies)
                .doesNotContain("\"description\"", "\"visibility\"", "\"requires\"", "\"minQuantity\"", "\"prices\"");
    }

    private static PlanVersion plan(String key) {
        return Objects.requireNonNull(compiled().plans().get(key));
    }

    private static AddonVersion addon(String key) {
        return Objects.requireNonNull(compiled().addons().get(key));
    }

    private static Charge charge(String key) {
        return plan("team").charges().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Node node() {
        Faults faults = new Faults();
        Node node = DocumentText.read(Documents.everything(), DocumentFormat.YAML, faults);
        assertThat(faults.list()).isEmpty();
        return node;
    }

    private static CatalogBodies compiled() {
        return compile(node());
    }

    private static CatalogBodies compile(Node node) {
        Faults faults = new Faults();
        CatalogBodies compiled = CatalogCompiler.compile(CatalogReader.read(node, faults), NONE, NONE);
        assertThat(faults.list()).isEmpty();
        return compiled;
    }
}
