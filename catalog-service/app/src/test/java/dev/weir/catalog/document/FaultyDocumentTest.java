package dev.weir.catalog.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.FaultTable;
import dev.weir.catalog.FaultTable.FaultyDocument;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Fault;
import dev.weir.catalog.document.domain.Faults;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The faulty documents of {@code faults.yaml}, without the service around the reader. */
class FaultyDocumentTest {

    static Stream<FaultyDocument> documents() {
        return FaultTable.read().documents().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void namesTheFaultAndItsPlace(FaultyDocument fault) {
        Faults faults = new Faults();

        CatalogReader.read(DocumentText.read(fault.document(), DocumentFormat.YAML, faults), faults);

        assertThat(faults.list())
                .extracting(each -> each.place() + " " + each.code())
                .contains(fault.place() + " " + fault.code());
        assertThat(faults.list()).extracting(Fault::detail).doesNotContain("");
    }

    @Test
    void noTwoCasesAreTheSame() {
        assertThat(documents()).doesNotHaveDuplicates();
    }
}
