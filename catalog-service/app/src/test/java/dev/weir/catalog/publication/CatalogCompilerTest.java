package dev.weir.catalog.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.AddonVersion;
import dev.weir.catalog.contract.Charge;
import dev.weir.catalog.contract.ContentHash;
import dev.weir.catalog.contract.CreditGrant;
import dev.weir.catalog.contract.PlanLayer;
import dev.weir.catalog.contract.PlanVersion;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.publication.domain.CatalogCompiler;
import dev.weir.catalog.publication.domain.KnownVersions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CatalogCompilerTest {

    private static final KnownVersions NONE = new KnownVersions(Map.of());

    @Test
    void closesAPlanOverWhatItUses() {
        PlanVersion pro = plan(compile(Documents.example(), NONE), "pro");

        assertThat(pro.layers()).extracting(PlanLayer::plan).containsExactly("pro", "base");
        assertThat(pro.features())
                .containsOnlyKeys("sso", "api-calls", "max-context", "support-tier", "chat", "images", "seats");
        assertThat(pro.creditUnits()).containsOnlyKeys("ai-credits");
        assertThat(Objects.requireNonNull(pro.features().get("images")).meter()).isNotNull();
    }

    @Test
    void givesTheHashOfItsContent() {
        PlanVersion pro = plan(compile(Documents.example(), NONE), "pro");

        assertThat(ContentHash.of(pro)).isEqualTo(pro.hash()).hasSize(64);
    }

    @Test
    void doesNotPinATrialOfThePlanItself() {
        PlanVersion pro = plan(compile(Documents.example(), NONE), "pro");

        assertThat(Objects.requireNonNull(pro.trial()).planHash()).isNull();
        assertThat(Objects.requireNonNull(pro.trial()).credits())
                .extracting(CreditGrant::key)
                .containsExactly("ai-credits");
    }

    @Test
    void pinsTheVersionOfAnotherPlanTried() {
        CatalogBodies compiled = compile(Documents.example("of: pro", "of: base"), NONE);

        assertThat(Objects.requireNonNull(plan(compiled, "pro").trial()).planHash())
                .isEqualTo(plan(compiled, "base").hash());
    }

    @Test
    void givesContentThatComesBackTheVersionItHad() {
        CatalogBodies first = compile(Documents.example(), NONE);
        KnownVersions known = known(first);
        CatalogBodies second = compile(Documents.example("49.00", "59.00"), known);
        Map<String, Map<String, Integer>> both = new HashMap<>(known.byKeyAndHash());
        both.put("pro", Map.of(plan(first, "pro").hash(), 1, plan(second, "pro").hash(), 2));

        CatalogBodies third = compile(Documents.example(), new KnownVersions(both));

        assertThat(plan(second, "pro").version()).isEqualTo(2);
        assertThat(plan(third, "pro").version()).isEqualTo(1);
    }

    @Test
    void aNewVersionOfTheParentMakesANewVersionOfTheChild() {
        KnownVersions known = known(compile(Documents.example(), NONE));

        CatalogBodies changed = compile(Documents.example("value: 8000", "value: 9000"), known);

        assertThat(plan(changed, "base").version()).isEqualTo(2);
        assertThat(plan(changed, "pro").version()).isEqualTo(2);
        assertThat(plan(changed, "pro").layers().get(1).version()).isEqualTo(2);
    }

    @Test
    void aNewRateMakesNewVersionsOnlyWhereItIsUsed() {
        KnownVersions known = known(compile(Documents.example(), NONE));

        CatalogBodies changed = compile(Documents.example("\"0.015\"", "\"0.016\""), known);

        assertThat(plan(changed, "pro").version()).isEqualTo(2);
        assertThat(plan(changed, "base").version()).isEqualTo(1);
    }

    @Test
    void theWayADocumentIsWrittenDoesNotMatter() {
        CatalogBodies one = compile(Documents.example(), NONE);

        CatalogBodies other =
                compile(Documents.example("limit: 10000, every: P1M", "every: P1M, limit: \"10000.0\""), NONE);

        assertThat(plan(other, "pro").hash()).isEqualTo(plan(one, "pro").hash());
    }

    @Test
    void aChildReplacesWhatItStatesByTheSameKeyAndInheritsTheRest() {
        String document = Documents.example("addons:\n", """
                  team:
                    extends: pro
                    credits:
                      - {key: monthly, unit: ai-credits, amount: "3000", every: P1M, category: PAID}
                    charges:
                      - {key: platform-fee, model: FLAT, amount: "99.00", currency: USD, every: P1M}
                addons:
                """);

        PlanVersion team = plan(compile(document, NONE), "team");

        assertThat(team.product()).isEqualTo("assistant");
        assertThat(team.credits())
                .singleElement()
                .satisfies(grant -> assertThat(grant.amount()).isEqualByComparingTo("3000"));
        assertThat(team.charges()).extracting(Charge::key).containsExactly("platform-fee", "api-overage");
        assertThat(team.creditLimits()).containsOnlyKeys("ai-credits");
        assertThat(team.trial()).isNull();
    }

    @Test
    void closesAnAddon() {
        AddonVersion extra = Objects.requireNonNull(
                compile(Documents.example(), NONE).addons().get("extra-calls"));

        assertThat(extra.features()).containsOnlyKeys("api-calls");
        assertThat(extra.compatibleWith()).containsExactly("pro");
        assertThat(ContentHash.of(extra)).isEqualTo(extra.hash());
    }

    private static PlanVersion plan(CatalogBodies compiled, String key) {
        return Objects.requireNonNull(compiled.plans().get(key));
    }

    private static KnownVersions known(CatalogBodies compiled) {
        Map<String, Map<String, Integer>> versions = new HashMap<>();
        compiled.plans().forEach((key, body) -> versions.put(key, Map.of(body.hash(), body.version())));
        return new KnownVersions(versions);
    }

    private static CatalogBodies compile(String document, KnownVersions known) {
        Faults faults = new Faults();
        CatalogBodies compiled = CatalogCompiler.compile(
                CatalogReader.read(DocumentText.read(document, DocumentFormat.YAML, faults), faults), known, NONE);
        assertThat(faults.list()).isEmpty();
        return compiled;
    }
}
