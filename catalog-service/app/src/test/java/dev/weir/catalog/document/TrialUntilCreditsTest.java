package dev.weir.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.Trial;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.domain.CatalogDraft;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Fault;
import dev.weir.catalog.document.domain.Faults;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A trial that lasts until its credits are used up. */
class TrialUntilCreditsTest {
    private static final String CREDITS =
            ", credits: [{unit: ai-credits, amount: \"100\", category: PROMOTIONAL}], atEnd: CANCEL}";

    @Test
    void mayEndWithItsCredits() {
        Faults faults = new Faults();

        Trial plain = trial(Documents.example(), faults);
        Trial bounded = trial(Documents.example(CREDITS, CREDITS.replace("}]", "}], untilCreditsUsed: true")), faults);

        assertThat(faults.list()).isEmpty();
        assertThat(plain.endsWithCredits()).isFalse();
        // What a document does not use leaves no trace in a body, so no hash changes.
        assertThat(plain.untilCreditsUsed()).isNull();
        assertThat(bounded.endsWithCredits()).isTrue();
    }

    @Test
    void needsCreditsToEndWith() {
        Faults faults = new Faults();

        trial(Documents.example(CREDITS, ", untilCreditsUsed: true, atEnd: CANCEL}"), faults);

        assertThat(faults.list()).extracting(Fault::place).containsExactly("plans.pro.trial.untilCreditsUsed");
    }

    private static Trial trial(String document, Faults faults) {
        CatalogDraft draft = CatalogReader.read(DocumentText.read(document, DocumentFormat.YAML, faults), faults);
        return Objects.requireNonNull(
                Objects.requireNonNull(draft.plans().get("pro")).trial());
    }
}
