package dev.weir.catalog.diff;

import static dev.weir.catalog.diff.domain.Generosity.LESS;
import static dev.weir.catalog.diff.domain.Generosity.MIXED;
import static dev.weir.catalog.diff.domain.Generosity.MORE;
import static dev.weir.catalog.diff.domain.Generosity.NEUTRAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Documents;
import dev.weir.catalog.diff.app.CatalogDiff;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.diff.domain.Effect;
import dev.weir.catalog.diff.domain.EntryKind;
import dev.weir.catalog.diff.domain.Generosity;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.publication.domain.CatalogCompiler;
import dev.weir.catalog.publication.domain.KnownVersions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a change of the document does for those who have the plan {@code team} or an add-on, and the way back the reverse. */
class GenerosityTest {

    private static final KnownVersions NONE = new KnownVersions(Map.of());

    static Stream<Arguments> changes() {
        return Stream.of(
                // entitlements
                team("      response-time: {value: 250}\n", "", "entitlements.response-time", LESS),
                team(
                        "response-time: {value: 250}",
                        "response-time: {value: 200}",
                        "entitlements.response-time.value",
                        MORE),
                team(
                        "max-context: {value: 16000}",
                        "max-context: {value: 20000}",
                        "entitlements.max-context.value",
                        MORE),
                team(
                        "account-manager: {value: Ada}",
                        "account-manager: {value: Bob}",
                        "entitlements.account-manager.value",
                        NEUTRAL),
                team("tokens: {limit: 1000000,", "tokens: {limit: 900000,", "entitlements.tokens.limit", LESS),
                team(
                        "tokens: {limit: 1000000, every: P1M,",
                        "tokens: {limit: 40000, every: P1D,",
                        "entitlements.tokens.limit",
                        MORE),
                team(
                        "tokens: {limit: 1000000, every: P1M,",
                        "tokens: {limit: 30000, every: P1D,",
                        "entitlements.tokens.limit",
                        LESS),
                team("users: {limit: 50, every: P1M}", "users: {}", "entitlements.users.limit", MORE),
                team("seats: {limit: 10, onLimit: SOFT}", "seats: {limit: 10}", "entitlements.seats.onLimit", LESS),
                team("overageCap: 90000", "overageCap: 80000", "entitlements.requests.overageCap", LESS),
                team(", overageCap: 90000", "", "entitlements.requests.overageCap", MORE),
                team(", then: {unit: ai-credits, per: \"0.002\"}", "", "entitlements.tokens.then", LESS),
                team("per: \"0.002\"}}", "per: \"0.003\"}}", "entitlements.tokens.then", LESS),
                team(
                        "{inputTokens: \"0.001\"}",
                        "{inputTokens: \"0.0009\"}",
                        "entitlements.chat.rates[0].per.inputTokens",
                        MORE),
                team("{inputTokens: \"0.001\"}", "{calls: \"1\"}", "entitlements.chat.rates", MIXED),
                team("groups: [security, insight]", "groups: [insight]", "entitlements.audit-log", LESS),
                team(
                        "aggregation: UNIQUE, value: userId",
                        "aggregation: UNIQUE, value: account",
                        "features.users.meter",
                        NEUTRAL),
                // credits
                team("amount: \"1000\", every: P1M", "amount: \"1001\", every: P1M", "credits.monthly.amount", MORE),
                team("amount: \"1000\", every: P1M", "amount: \"1000\", every: P1Y", "credits.monthly.amount", LESS),
                team("max: \"500\", for: P1M", "max: \"400\", for: P1M", "credits.monthly.rollover.max", LESS),
                team("max: \"500\", for: P1M", "for: P1M", "credits.monthly.rollover.max", MORE),
                team("max: \"500\", for: P1M", "max: \"500\", for: P2M", "credits.monthly.rollover.for", MORE),
                team("grantOn: INVOICE_PAID", "grantOn: PERIOD_START", "credits.monthly.grantOn", MORE),
                team("priority: 60", "priority: 61", "credits.monthly.priority", NEUTRAL),
                team(
                        "{feature: seats, amount: \"200\"}",
                        "{feature: seats, amount: \"150\"}",
                        "credits.per-seat.perSeat",
                        LESS),
                team("expiresAfter: P30D", "expiresAfter: P31D", "credits.welcome.expiresAfter", MORE),
                team(", expiresAfter: P30D", "", "credits.welcome.expiresAfter", MORE),
                team("overdraft: \"250\"", "overdraft: \"200\"", "creditLimits.ai-credits.overdraft", LESS),
                team("settle: BILL", "settle: REPAY", "creditLimits.ai-credits.settle", NEUTRAL),
                // charges
                team(
                        "amount: \"250.00\", currency: USD",
                        "amount: \"200.00\", currency: USD",
                        "charges.setup.price",
                        MORE),
                team(
                        "amount: \"10\", currency: USD, every: P1M",
                        "amount: \"10\", currency: USD, every: P1Y",
                        "charges.support-fee.price",
                        MORE),
                team("percentOff: 50", "percentOff: 40", "charges.support-fee.price", LESS),
                team("unitPrice: \"1.50\"", "unitPrice: \"1.51\"", "charges.users.price", LESS),
                team("freeQuantity: 5", "freeQuantity: 6", "charges.users.price", MORE),
                team("minimumSpend: \"10.00\"", "minimumSpend: \"9.99\"", "charges.users.price", MORE),
                team("maximumSpend: \"500.00\"", "maximumSpend: \"501.00\"", "charges.users.price", LESS),
                team("packageSize: 1000", "packageSize: 1001", "charges.tokens.price", MORE),
                team(
                        "{unitPrice: \"0.001\", flatPrice: \"5\"}",
                        "{unitPrice: \"0.0011\", flatPrice: \"5\"}",
                        "charges.requests.price",
                        LESS),
                team(
                        "unitPrice: \"0.002\"}, {unitPrice: \"0.001\"",
                        "unitPrice: \"0.003\"}, {unitPrice: \"0.0001\"",
                        "charges.requests.price",
                        MIXED),
                team(
                        "{upTo: \"50\", flatPrice: \"0\"}",
                        "{upTo: \"51\", flatPrice: \"0\"}",
                        "charges.peak.price",
                        MORE),
                team("{unitPrice: \"8.00\"}", "{unitPrice: \"7.00\"}", "charges.seats-top.price", MORE),
                team("fixedFee: \"0.30\"", "fixedFee: \"0.31\"", "charges.payments.price", LESS),
                team(
                        "{currency: GBP, amount: \"39.00\"}",
                        "{currency: GBP, amount: \"38.00\"}",
                        "charges.platform-fee.prices",
                        MORE),
                team(
                        "unitPrice: \"1\", currency: USD",
                        "unitPrice: \"1\", currency: EUR",
                        "charges.seats-mean.price",
                        NEUTRAL),
                team("feature: tokens, appliesTo: OVERAGE", "feature: tokens", "charges.tokens.appliesTo", LESS),
                team("measure: MAX_IN_PERIOD", "measure: TIME_WEIGHTED", "charges.seats-top.measure", MORE),
                team("{key: setup, ", "{key: start, ", "charges.setup", MORE),
                team("{key: setup, ", "{key: start, ", "charges.start", LESS),
                team(
                        "{key: support-fee, model: FLAT, amount: \"10\", currency: USD, every: P1M, billed: IN_ARREARS,",
                        "{key: support-fee, feature: users, model: PER_UNIT, unitPrice: \"1\", currency: USD,",
                        "charges.support-fee.price",
                        MIXED),
                // the rest of a plan
                team("untilCreditsUsed: true, ", "", "trial.untilCreditsUsed", MORE),
                team("for: P14D, of: team", "for: P7D, of: team", "trial.for", LESS),
                team("atEnd: DOWNGRADE, downgradeTo: free", "atEnd: CANCEL", "trial.atEnd", NEUTRAL),
                team(
                        "amount: \"100\", category: PROMOTIONAL",
                        "amount: \"99\", category: PROMOTIONAL",
                        "trial.credits.ai-credits.amount",
                        LESS),
                team("amount: \"5000.00\"", "amount: \"6000.00\"", "budget.amount", MORE),
                team("onLimit: SOFT}\n    charges", "onLimit: HARD}\n    charges", "budget.onLimit", LESS),
                team("    name: Team", "    name: Team\n    visibility: PRIVATE", "visibility", NEUTRAL),
                // add-ons
                addon("more-requests", "minQuantity: 2", "minQuantity: 1", "minQuantity", MORE),
                addon("more-requests", "maxQuantity: 20", "maxQuantity: 19", "maxQuantity", LESS),
                addon(
                        "more-requests",
                        "compatibleWith: [base, team]",
                        "compatibleWith: [base]",
                        "compatibleWith",
                        LESS),
                addon("more-requests", "compatibleWith: [base, team], ", "", "compatibleWith", MORE),
                addon("more-requests", "limit: 5000", "limit: 6000", "entitlements.requests.limit", MORE),
                addon("most-requests", "requires: [more-requests], ", "", "requires", MORE),
                addon(
                        "credit-pack",
                        "price: {amount: \"40.00\"",
                        "price: {amount: \"41.00\"",
                        "credits.ai-credits.price",
                        LESS));
    }

    @ParameterizedTest(name = "{1}: {3} -> {4}: {6} at {5}")
    @MethodSource("changes")
    void isSaid(
            EntryKind kind,
            String key,
            String document,
            String passage,
            String instead,
            String place,
            Generosity expected) {
        CatalogBodies before = compile(document);
        CatalogBodies after = compile(Documents.replace(document, passage, instead));

        assertThat(at(place, effects(kind, key, before, after))).isEqualTo(expected);
        assertThat(at(place, effects(kind, key, after, before))).as("and back").isEqualTo(reverse(expected));
    }

    @Test
    void aChangeInOneWordIsAllItsEffects() {
        CatalogBodies before = compile(Documents.everything());
        String document =
                Documents.replace(Documents.everything(), "tokens: {limit: 1000000,", "tokens: {limit: 2000000,");

        Change more = change(EntryKind.PLAN, "team", before, compile(document));
        Change mixed = change(
                EntryKind.PLAN,
                "team",
                before,
                compile(Documents.replace(document, "amount: \"250.00\"", "amount: \"300.00\"")));
        Change words = change(
                EntryKind.PLAN,
                "team",
                before,
                compile(Documents.replace(Documents.everything(), "name: Team", "name: Crew")));

        assertThat(more.generosity()).isEqualTo(MORE);
        assertThat(more.effects())
                .extracting(Effect::detail)
                .containsExactly("tokens: 1000000 every P1M becomes 2000000 every P1M");
        assertThat(mixed.generosity()).isEqualTo(MIXED);
        assertThat(words.generosity()).isEqualTo(NEUTRAL);
        assertThat(words.effects()).isEmpty();
    }

    @Test
    void aPriceThatFallsForSomeAndRisesForOthersSaysForWhom() {
        CatalogBodies before = compile(Documents.everything());
        CatalogBodies after = compile(Documents.replace(
                Documents.everything(),
                "{unitPrice: \"0.001\", flatPrice: \"5\"}",
                "{unitPrice: \"0.0015\", flatPrice: \"2\"}"));

        assertThat(effects(EntryKind.PLAN, "team", before, after))
                .containsExactly(new Effect(
                        "charges.requests.price",
                        MIXED,
                        "requests: 0.002 each up to 10000, then 5 + 0.001 each USD becomes"
                                + " 0.002 each up to 10000, then 2 + 0.0015 each USD"
                                + " (lower for 10000.000001, higher for 20000)"));
    }

    @Test
    void aChangeOfAParentIsSaidOfItsChildren() {
        CatalogBodies before = compile(Documents.example());
        CatalogBodies after =
                compile(Documents.example("support-tier: {value: community}", "support-tier: {value: email}"));

        List<Effect> effects = effects(EntryKind.PLAN, "pro", before, after);

        assertThat(effects)
                .containsExactly(
                        new Effect("entitlements.support-tier.value", MORE, "support-tier: community becomes email"));
    }

    @Test
    void whatAParentGivesMoreGenerouslyChangesNothingForAChild() {
        CatalogBodies before = compile(Documents.example());
        CatalogBodies after = compile(
                Documents.example("api-calls: {limit: 1000, every: P1M}", "api-calls: {limit: 2000, every: P1M}"));

        Change change = change(EntryKind.PLAN, "pro", before, after);

        assertThat(change.effects()).isEmpty();
        assertThat(change.fields()).isNotEmpty();
        assertThat(change.generosity()).isEqualTo(NEUTRAL);
    }

    private static Generosity at(String place, List<Effect> effects) {
        assertThat(effects).extracting(Effect::place).contains(place);
        return effects.stream()
                .filter(effect -> effect.place().equals(place))
                .map(Effect::generosity)
                .findFirst()
                .orElseThrow();
    }

    private static Generosity reverse(Generosity generosity) {
        return switch (generosity) {
            case MORE -> LESS;
            case LESS -> MORE;
            case MIXED, NEUTRAL -> generosity;
        };
    }

    private static List<Effect> effects(EntryKind kind, String key, CatalogBodies before, CatalogBodies after) {
        return change(kind, key, before, after).effects();
    }

    private static Change change(EntryKind kind, String key, CatalogBodies before, CatalogBodies after) {
        return CatalogDiff.between(before, after).stream()
                .filter(each -> each.kind() == kind && each.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static Arguments team(String passage, String instead, String place, Generosity expected) {
        return Arguments.of(EntryKind.PLAN, "team", Documents.everything(), passage, instead, place, expected);
    }

    private static Arguments addon(String key, String passage, String instead, String place, Generosity expected) {
        return Arguments.of(EntryKind.ADDON, key, Documents.everything(), passage, instead, place, expected);
    }

    private static CatalogBodies compile(String document) {
        Faults faults = new Faults();
        CatalogBodies bodies = CatalogCompiler.compile(
                CatalogReader.read(DocumentText.read(document, DocumentFormat.YAML, faults), faults), NONE, NONE);
        assertThat(faults.list()).isEmpty();
        return bodies;
    }
}
