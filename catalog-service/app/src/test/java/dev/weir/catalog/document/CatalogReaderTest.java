package dev.weir.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.app.DocumentWriter;
import dev.weir.catalog.document.domain.CatalogDraft;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Fault;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogReaderTest {

    private static final String API_LIMIT = "api-calls: {limit: 10000, every: P1M, onLimit: SOFT}";
    private static final String CHAT = "chat: {onLimit: HARD}";
    private static final String TIERS =
            "tiers: [{upTo: \"10000\", unitPrice: \"0.002\"}, {upTo: null, unitPrice: \"0.001\"}]";
    private static final String MONTHLY = "{key: monthly, unit: ai-credits, amount: \"1000\"";
    private static final String TRIAL = "trial: {for: P14D, of: pro,";

    static Stream<Arguments> faults() {
        return Stream.of(
                fault(
                        API_LIMIT,
                        "api-calls: {limit: 1, every: P101Y}",
                        "plans.pro.entitlements.api-calls.every",
                        "INVALID_VALUE"),
                fault(
                        "amount: \"100\", category: PROMOTIONAL",
                        "amount: \"999999999999999999\", category: PROMOTIONAL",
                        "plans.pro.trial.credits[0].amount",
                        "AMOUNT_TOO_LARGE"),
                fault(CHAT, "chat: {onLimit: MAYBE}", "plans.pro.entitlements.chat.onLimit", "INVALID_VALUE"),
                fault(CHAT, "chat: {onLimt: HARD}", "plans.pro.entitlements.chat.onLimt", "UNKNOWN_FIELD"),
                fault(CHAT, "chat: {limit: 5}", "plans.pro.entitlements.chat.limit", "NOT_ALLOWED"),
                fault(CHAT, "chit: {onLimit: HARD}", "plans.pro.entitlements.chit", "UNKNOWN_FEATURE"),
                fault(CHAT, "chat: {effect: INCREMENT}", "plans.pro.entitlements.chat.effect", "NOT_ALLOWED"),
                fault(
                        CHAT,
                        "chat: {rates: [{match: {}, per: {inputTokens: \"0.0000001\"}}]}",
                        "plans.pro.entitlements.chat.rates[0].per.inputTokens",
                        "TOO_MANY_DECIMALS"),
                fault("sso: {}", "sso: {limit: 1}", "plans.pro.entitlements.sso.limit", "NOT_ALLOWED"),
                fault("sso: {}", "sso: {value: yes}", "plans.pro.entitlements.sso.value", "NOT_ALLOWED"),
                fault("value: community", "value: gold", "plans.base.entitlements.support-tier.value", "INVALID_VALUE"),
                fault("value: 32000", "value: many", "plans.pro.entitlements.max-context.value", "INVALID_VALUE"),
                fault("{value: 32000}", "{}", "plans.pro.entitlements.max-context.value", "REQUIRED"),
                fault(
                        API_LIMIT,
                        "api-calls: {limit: -1, every: P1M}",
                        "plans.pro.entitlements.api-calls.limit",
                        "NEGATIVE_AMOUNT"),
                fault(
                        API_LIMIT,
                        "api-calls: {limit: 1.5, every: P1M}",
                        "plans.pro.entitlements.api-calls.limit",
                        "TOO_MANY_DECIMALS"),
                fault(
                        API_LIMIT,
                        "api-calls: {limit: 1e9, every: P1M}",
                        "plans.pro.entitlements.api-calls.limit",
                        "INVALID_VALUE"),
                fault(
                        API_LIMIT,
                        "api-calls: {limit: 1, every: 1M}",
                        "plans.pro.entitlements.api-calls.every",
                        "INVALID_VALUE"),
                fault(
                        API_LIMIT,
                        "api-calls: {limit: 1, every: P0D}",
                        "plans.pro.entitlements.api-calls.every",
                        "INVALID_VALUE"),
                fault(
                        API_LIMIT,
                        "api-calls: {limit: 1, overageCap: 5}",
                        "plans.pro.entitlements.api-calls.overageCap",
                        "NOT_ALLOWED"),
                fault(
                        API_LIMIT,
                        "api-calls: {limit: 1, revoke: true}",
                        "plans.pro.entitlements.api-calls.revoke",
                        "NOT_ALLOWED"),
                fault(
                        "seats: {limit: 5}",
                        "seats: {limit: 5, every: P1M}",
                        "plans.pro.entitlements.seats.every",
                        "NOT_ALLOWED"),
                fault(
                        "then: {unit: ai-credits",
                        "then: {unit: gold",
                        "plans.pro.entitlements.images.then.unit",
                        "UNKNOWN_UNIT"),
                fault(
                        "per: \"0.2\"",
                        "per: \"0.0000002\"",
                        "plans.pro.entitlements.images.then.per",
                        "TOO_MANY_DECIMALS"),
                fault("meter: api-calls", "meter: api-cols", "features.api-calls.meter", "UNKNOWN_METER"),
                fault("creditUnit: ai-credits", "creditUnit: gold", "features.chat.creditUnit", "UNKNOWN_UNIT"),
                fault("\"0.003\"", "\"0.0000003\"", "features.chat.rates[0].per.inputTokens", "TOO_MANY_DECIMALS"),
                fault("\"0.003\"", "\"-0.003\"", "features.chat.rates[0].per.inputTokens", "NEGATIVE_AMOUNT"),
                fault(
                        "sso: {type: BOOLEAN}",
                        "sso: {type: BOOLEAN, meter: seats}",
                        "features.sso.meter",
                        "NOT_ALLOWED"),
                fault("sso: {type: BOOLEAN}", "sso: {type: BOOL}", "features.sso.type", "INVALID_VALUE"),
                fault(
                        "values: [community, email, dedicated]",
                        "better: LOWER",
                        "features.support-tier.values",
                        "REQUIRED"),
                fault(
                        "ai-credits: {name: AI credit, scale: 6}",
                        "ai-credits: {scale: 6}\n  api-calls: {}",
                        "creditUnits.api-calls",
                        "KEY_CLASH"),
                fault("scale: 6", "scale: 10", "creditUnits.ai-credits.scale", "INVALID_VALUE"),
                fault("aggregation: SUM", "aggregation: TOTAL", "meters.completions.aggregation", "INVALID_VALUE"),
                fault(
                        "aggregation: COUNT}\n  active",
                        "aggregation: SUM}\n  active",
                        "meters.api-calls.value",
                        "REQUIRED"),
                fault("extends: base", "extends: bass", "plans.pro.extends", "UNKNOWN_PLAN"),
                fault("extends: base", "extends: pro", "plans.pro.extends", "CIRCULAR_INHERITANCE"),
                fault(
                        "  base:\n    product: assistant",
                        "  base:\n    extends: pro\n    product: assistant",
                        "plans.base.extends",
                        "CIRCULAR_INHERITANCE"),
                fault("defaultPlan: null", "defaultPlan: gold", "products.assistant.defaultPlan", "UNKNOWN_PLAN"),
                fault(
                        MONTHLY,
                        "{key: monthly, unit: gold, amount: \"1000\"",
                        "plans.pro.credits[0].unit",
                        "UNKNOWN_UNIT"),
                fault(
                        MONTHLY,
                        "{key: monthly, unit: ai-credits, amount: \"0.1234567\"",
                        "plans.pro.credits[0].amount",
                        "TOO_MANY_DECIMALS"),
                fault(
                        "amount: \"20.00\"",
                        "amount: \"20.001\"",
                        "plans.pro.credits[0].value.amount",
                        "TOO_MANY_DECIMALS"),
                fault(
                        "category: PAID, priority: 50, grantOn",
                        "category: PROMOTIONAL, grantOn",
                        "plans.pro.credits[0].value",
                        "PROMOTIONAL_HAS_COST"),
                fault("grantOn: PERIOD_START", "once: true", "plans.pro.credits[0].once", "NOT_ALLOWED"),
                fault("for: P1M}}", "max2: 1}}", "plans.pro.credits[0].rollover.for", "REQUIRED"),
                fault(
                        "    creditLimits:",
                        "      - {key: monthly, unit: ai-credits, amount: 1, every: P1M, category: PAID}\n    creditLimits:",
                        "plans.pro.credits[1].key",
                        "DUPLICATE_KEY"),
                fault(
                        MONTHLY,
                        "{key: monthly, perSeat: {feature: api-calls, amount: 1}, unit: ai-credits, amount: \"1000\"",
                        "plans.pro.credits[0].perSeat.feature",
                        "NOT_ALLOWED"),
                fault(
                        "creditLimits: {ai-credits",
                        "creditLimits: {gold",
                        "plans.pro.creditLimits.gold",
                        "UNKNOWN_UNIT"),
                fault("model: FLAT", "model: PER_UNIT", "plans.pro.charges[0].unitPrice", "REQUIRED"),
                fault(
                        "model: FLAT, amount: \"49.00\", currency: USD",
                        "model: FLAT, amount: \"49.00\", currency: USB",
                        "plans.pro.charges[0].currency",
                        "UNKNOWN_CURRENCY"),
                fault("feature: api-calls\n", "feature: chat\n", "plans.pro.charges[1].feature", "NOT_ALLOWED"),
                fault("feature: api-calls\n", "feature: seats\n", "plans.pro.charges[1].measure", "REQUIRED"),
                fault(
                        TIERS,
                        "tiers: [{upTo: 10, unitPrice: 1}, {upTo: 10, unitPrice: 2}, {unitPrice: 3}]",
                        "plans.pro.charges[1].tiers[1].upTo",
                        "OVERLAPPING_TIERS"),
                fault(
                        TIERS,
                        "tiers: [{unitPrice: 1}, {upTo: null, unitPrice: 2}]",
                        "plans.pro.charges[1].tiers[0].upTo",
                        "OVERLAPPING_TIERS"),
                fault(
                        TIERS,
                        "tiers: [{upTo: 10, unitPrice: 1}]",
                        "plans.pro.charges[1].tiers[0].upTo",
                        "OPEN_TIER_REQUIRED"),
                fault(TIERS, "tiers: [{upTo: null}]", "plans.pro.charges[1].tiers[0].unitPrice", "REQUIRED"),
                fault(
                        TIERS,
                        "tiers: [{unitPrice: \"-1\"}]",
                        "plans.pro.charges[1].tiers[0].unitPrice",
                        "NEGATIVE_AMOUNT"),
                fault(TRIAL, "trial: {for: P14D, of: gold,", "plans.pro.trial.of", "UNKNOWN_PLAN"),
                fault(TRIAL, "trial: {for: 14 days, of: pro,", "plans.pro.trial.for", "INVALID_VALUE"),
                fault("atEnd: CANCEL", "atEnd: DOWNGRADE", "plans.pro.trial.downgradeTo", "REQUIRED"),
                fault(
                        "  base:\n    product: assistant",
                        "  base:\n    trial: {for: P1D, of: pro, atEnd: CANCEL}\n    product: assistant",
                        "plans.base.trial.of",
                        "CIRCULAR_TRIAL"),
                fault(
                        "compatibleWith: [pro]",
                        "compatibleWith: [gold]",
                        "addons.extra-calls.compatibleWith[0]",
                        "UNKNOWN_PLAN"),
                fault(
                        "big-context: {product: assistant",
                        "big-context: {product: other",
                        "addons.big-context.product",
                        "UNKNOWN_PRODUCT"),
                fault(
                        "{limit: 5000, every: P1M, effect: INCREMENT}",
                        "{limit: 5000, every: P1D, effect: INCREMENT}",
                        "addons.extra-calls.entitlements.api-calls.every",
                        "INCREMENT_PERIOD_MISMATCH"),
                fault(
                        "effect: OVERRIDE",
                        "effect: INCREMENT",
                        "addons.big-context.entitlements.max-context.effect",
                        "NOT_ALLOWED"),
                fault(
                        "maxQuantity: 20",
                        "minQuantity: 21, maxQuantity: 20",
                        "addons.extra-calls.minQuantity",
                        "INVALID_VALUE"),
                fault("maxQuantity: 20", "requires: [gold]", "addons.extra-calls.requires[0]", "UNKNOWN_ADDON"),
                fault(
                        "maxQuantity: 20",
                        "requires: [extra-calls]",
                        "addons.extra-calls.requires[0]",
                        "CIRCULAR_REQUIREMENT"),
                fault(
                        "extends: base",
                        "extends: base\n    groups: [gold]",
                        "plans.pro.groups[0]",
                        "UNKNOWN_FEATURE_GROUP"),
                fault(
                        "products:",
                        "featureGroups: {all: {features: [sso, gold]}}\nproducts:",
                        "featureGroups.all.features[1]",
                        "UNKNOWN_FEATURE"),
                fault(
                        "products:",
                        "featureGroups: {all: {features: [sso, sso]}}\nproducts:",
                        "featureGroups.all.features[1]",
                        "DUPLICATE_KEY"),
                fault("products:", "featureGroups: {all: {}}\nproducts:", "featureGroups.all.features", "REQUIRED"),
                fault(
                        "addons:",
                        "  mini: {product: assistant, groups: [all]}\nfeatureGroups: {all: {features: [max-context]}}\naddons:",
                        "plans.mini.groups[0]",
                        "VALUE_REQUIRED"),
                fault(
                        "extends: base",
                        "extends: base\n    visibility: HIDDEN",
                        "plans.pro.visibility",
                        "INVALID_VALUE"),
                fault(
                        "every: P1M, billed: IN_ADVANCE",
                        "every: P1M, once: true",
                        "plans.pro.charges[0].once",
                        "NOT_ALLOWED"),
                fault(
                        "every: P1M, billed: IN_ADVANCE",
                        "every: P1M, prices: [{currency: EUR, country: UK, amount: 1}]",
                        "plans.pro.charges[0].prices[0].country",
                        "UNKNOWN_COUNTRY"),
                fault(
                        "every: P1M, billed: IN_ADVANCE",
                        "every: P1M, prices: [{currency: USD, amount: 1}]",
                        "plans.pro.charges[0].prices[0].currency",
                        "DUPLICATE_KEY"),
                fault(
                        "every: P1M, billed: IN_ADVANCE",
                        "every: P1M, prices: [{currency: EUR, unitPrice: 1}]",
                        "plans.pro.charges[0].prices[0].unitPrice",
                        "NOT_ALLOWED"),
                fault("addons:", "coupons: {c: {percentOff: 10}}\naddons:", "coupons.c.duration", "REQUIRED"),
                fault("addons:", "coupons: {c: {duration: ONCE}}\naddons:", "coupons.c.percentOff", "REQUIRED"),
                fault(
                        "addons:",
                        "coupons: {c: {percentOff: 101, duration: ONCE}}\naddons:",
                        "coupons.c.percentOff",
                        "INVALID_VALUE"),
                fault(
                        "addons:",
                        "coupons: {c: {percentOff: 1, amountOff: {amount: 1, currency: USD}, duration: ONCE}}\naddons:",
                        "coupons.c.amountOff",
                        "NOT_ALLOWED"),
                fault(
                        "addons:",
                        "coupons: {c: {percentOff: 1, duration: REPEATING}}\naddons:",
                        "coupons.c.months",
                        "REQUIRED"),
                fault(
                        "addons:",
                        "coupons: {c: {percentOff: 1, duration: ONCE, products: [gold]}}\naddons:",
                        "coupons.c.products[0]",
                        "UNKNOWN_PRODUCT"),
                fault("maxQuantity: 20", "maxQuantity: 0", "addons.extra-calls.maxQuantity", "INVALID_VALUE"),
                fault("once: true, ", "", "addons.credit-pack.credits[0].every", "REQUIRED"),
                fault("kind: Catalog", "kind: Catalogue", "kind", "INVALID_VALUE"),
                fault("apiVersion: weir.dev/v1\n", "", "apiVersion", "REQUIRED"),
                fault("kind: Catalog", "kind: Catalog\ngroups: {}", "groups", "UNKNOWN_FIELD"),
                fault("  sso: {type", "  SSO: {type", "features.SSO", "INVALID_KEY"),
                fault(
                        "  sso: {type: BOOLEAN}",
                        "  sso: {type: BOOLEAN}\n  sso: {type: BOOLEAN}",
                        "features.sso",
                        "DUPLICATE_KEY"));
    }

    @ParameterizedTest(name = "{2} {3}")
    @MethodSource("faults")
    void namesTheFaultAndItsPlace(String passage, String instead, String place, String code) {
        List<Fault> faults = faultsOf(Documents.example(passage, instead));

        assertThat(faults)
                .extracting(fault -> fault.place() + " " + fault.code())
                .contains(place + " " + code);
    }

    @Test
    void acceptsTheDocumentedExample() {
        Faults faults = new Faults();

        CatalogDraft draft = read(Documents.example(), faults);

        assertThat(faults.list()).isEmpty();
        assertThat(draft.plans()).containsOnlyKeys("base", "pro");
    }

    @Test
    void acceptsWhatTheDocumentAlsoKnows() {
        Faults faults = new Faults();
        String document = Documents.example(
                API_LIMIT, "api-calls: {limit: 10000, every: P1M, onLimit: SOFT, overageCap: 500, onChange: RESET}");
        document = Documents.replace(
                document,
                "grantOn: PERIOD_START",
                "grantOn: INVOICE_PAID, recognition: RATABLE, perSeat: {feature: seats, amount: \"200\"}");
        document = Documents.replace(
                document,
                "    charges:\n",
                "    budget: {amount: \"500\", currency: USD, onLimit: HARD}\n    charges:\n      - {key: seats, feature: seats, measure: TIME_WEIGHTED, model: PER_UNIT, unitPrice: \"9.50\", currency: EUR}\n");

        CatalogDraft draft = read(document, faults);

        assertThat(faults.list()).isEmpty();
        CreditGrant monthly = Objects.requireNonNull(draft.plans().get("pro"))
                .credits()
                .getFirst()
                .value();
        assertThat(Objects.requireNonNull(monthly.perSeat()).amount()).isEqualByComparingTo("200");
        Charge seats = Objects.requireNonNull(draft.plans().get("pro"))
                .charges()
                .getFirst()
                .value();
        assertThat(seats.price().unitPrice()).isEqualTo(new BigDecimal("9.50"));
    }

    @Test
    void aLimitOfNullIsUnlimited() {
        Faults faults = new Faults();

        CatalogDraft draft = read(Documents.example(API_LIMIT, "api-calls: {limit: null}"), faults);

        assertThat(faults.list()).isEmpty();
        assertThat(Objects.requireNonNull(Objects.requireNonNull(draft.plans().get("pro"))
                                .entitlements()
                                .get("api-calls"))
                        .limit())
                .isNull();
    }

    @Test
    void aFeatureThatCannotBeReadIsNotUnknownAsWell() {
        List<Fault> faults = faultsOf(Documents.example("sso: {type: BOOLEAN}", "sso: {type: BOOL}"));

        assertThat(faults).extracting(Fault::place).containsExactly("features.sso.type");
    }

    @Test
    void namesEveryFaultAtOnce() {
        String document = Documents.example("\"0.003\"", "\"-1\"");
        document = Documents.replace(document, CHAT, "chat: {onLimit: MAYBE}");
        document = Documents.replace(document, "extends: base", "extends: bass");
        document = Documents.replace(document, "meter: images", "meter: pictures");
        document = Documents.replace(document, "maxQuantity: 20", "most: 20");

        List<Fault> faults = faultsOf(document);

        assertThat(faults)
                .extracting(Fault::place)
                .containsExactlyInAnyOrder(
                        "features.chat.rates[0].per.inputTokens",
                        "plans.pro.entitlements.chat.onLimit",
                        "plans.pro.extends",
                        "features.images.meter",
                        "addons.extra-calls.most");
    }

    @Test
    void readsJsonLikeYaml() {
        Node yaml = DocumentText.read(Documents.example(), DocumentFormat.YAML, new Faults());

        Node json = DocumentText.read(DocumentWriter.json(yaml), DocumentFormat.JSON, new Faults());

        assertThat(json).isEqualTo(yaml);
    }

    @Test
    void writesYamlThatReadsTheSame() {
        Node document = DocumentText.read(Documents.example(), DocumentFormat.YAML, new Faults());

        Node again = DocumentText.read(DocumentWriter.yaml(document), DocumentFormat.YAML, new Faults());

        assertThat(again).isEqualTo(document);
    }

    @Test
    void namesAKeyThatStandsTwiceInJson() {
        Faults faults = new Faults();

        DocumentText.read("{\"plans\": {\"a\": {}, \"a\": {}}}", DocumentFormat.JSON, faults);

        assertThat(faults.list()).extracting(Fault::place).containsExactly("plans.a");
    }

    @Test
    void refusesTextThatUnfoldsBeyondMeasure() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
        for (int level = 1; level < 9; level++) {
            String below = "*a" + (level - 1);
            bomb.append("a%d: &a%d [%s]\n"
                    .formatted(level, level, String.join(",", List.of(below, below, below, below, below, below))));
        }

        assertThatThrownBy(() -> DocumentText.read(bomb.toString(), DocumentFormat.YAML, new Faults()))
                .isInstanceOf(Problem.class);
    }

    @Test
    void saysWhereYamlBreaks() {
        assertThatThrownBy(() -> DocumentText.read("plans:\n  a: [1,\n", DocumentFormat.YAML, new Faults()))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().field()).startsWith("line 3"));
    }

    private static Arguments fault(String passage, String instead, String place, String code) {
        return Arguments.of(passage, instead, place, code);
    }

    private static List<Fault> faultsOf(String document) {
        Faults faults = new Faults();
        read(document, faults);
        return faults.list();
    }

    private static CatalogDraft read(String document, Faults faults) {
        return CatalogReader.read(DocumentText.read(document, DocumentFormat.YAML, faults), faults);
    }
}
