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
import org.junit.jupiter.api.Test;

class CatalogReaderTest {

    private static final String API_LIMIT = "api-calls: {limit: 10000, every: P1M, onLimit: SOFT}";
    private static final String CHAT = "chat: {onLimit: HARD}";

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

    private static List<Fault> faultsOf(String document) {
        Faults faults = new Faults();
        read(document, faults);
        return faults.list();
    }

    private static CatalogDraft read(String document, Faults faults) {
        return CatalogReader.read(DocumentText.read(document, DocumentFormat.YAML, faults), faults);
    }
}
