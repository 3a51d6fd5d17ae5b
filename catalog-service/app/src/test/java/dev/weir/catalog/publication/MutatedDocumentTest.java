package dev.weir.catalog.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.catalog.Documents;
import dev.weir.catalog.contract.ContentHash;
import dev.weir.catalog.diff.app.CatalogDiff;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.diff.domain.Change;
import dev.weir.catalog.diff.domain.Generosity;
import dev.weir.catalog.document.app.DocumentFormat;
import dev.weir.catalog.document.app.DocumentText;
import dev.weir.catalog.document.app.DocumentWriter;
import dev.weir.catalog.document.domain.CatalogDraft;
import dev.weir.catalog.document.domain.CatalogReader;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Node;
import dev.weir.catalog.pricingtable.domain.KeyOrder;
import dev.weir.catalog.pricingtable.domain.Market;
import dev.weir.catalog.pricingtable.domain.PricingTableBuilder;
import dev.weir.catalog.publication.domain.CatalogCompiler;
import dev.weir.catalog.publication.domain.KnownVersions;
import dev.weir.platform.testkit.Seeds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is done to a document, it is either refused with faults or compiles, and the same way from its own JSON; what
 * compiles can be compared with what was before, in both directions, and shown.
 */
class MutatedDocumentTest {

    private static final KnownVersions NONE = new KnownVersions(Map.of());

    private static final List<Node> OTHERS = List.of(
            new Node.Nothing(),
            new Node.Flag(true),
            new Node.Numeral(new BigDecimal("-1")),
            new Node.Numeral(new BigDecimal("0.5")),
            new Node.Numeral(BigDecimal.TEN),
            new Node.Text("pro"),
            new Node.Text("base"),
            new Node.Text("api-calls"),
            new Node.Text("ai-credits"),
            new Node.Text("SOFT"),
            new Node.Text("P1D"),
            new Node.Text("LEVEL"),
            new Node.Text("VOLUME"),
            new Node.Sequence(List.of()),
            new Node.Mapping(Map.of()));

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/catalog.yaml", "/everything.yaml"})
    void isRefusedOrCompilesAndCanBeComparedAndShown(String original) {
        Node example = DocumentText.read(Documents.resource(original), DocumentFormat.YAML, new Faults());
        CatalogBodies before = compile(example);
        AtomicInteger compiled = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        Seeds.check(3_000, random -> {
            Node document = example;
            for (int change = random.nextInt(3); change >= 0; change--) {
                document = mutate(document, random);
            }
            Faults faults = new Faults();
            CatalogDraft draft = CatalogReader.read(document, faults);
            if (faults.none()) {
                CatalogBodies after = CatalogCompiler.compile(draft, NONE, NONE);
                compilesTheSameFromItsJson(document, after);
                canBeComparedAndShown(before, after);
                compiled.incrementAndGet();
            } else {
                refused.incrementAndGet();
            }
        });

        assertThat(compiled)
                .as("some documents must survive, else this checks nothing")
                .hasPositiveValue();
        assertThat(refused).hasPositiveValue();
    }

    private static void compilesTheSameFromItsJson(Node document, CatalogBodies compiled) {
        Faults faults = new Faults();
        Node again = DocumentText.read(DocumentWriter.json(document), DocumentFormat.JSON, faults);
        CatalogBodies second = CatalogCompiler.compile(CatalogReader.read(again, faults), NONE, NONE);
        assertThat(faults.list()).isEmpty();
        assertThat(second).isEqualTo(compiled);
        assertThat(CatalogDiff.between(compiled, second)).isEmpty();
        compiled.plans()
                .values()
                .forEach(plan -> assertThat(ContentHash.of(plan)).isEqualTo(plan.hash()));
    }

    /** Whatever differs is said, and the way back says the reverse. */
    private static void canBeComparedAndShown(CatalogBodies before, CatalogBodies after) {
        List<Change> there = CatalogDiff.between(before, after);
        List<Change> back = CatalogDiff.between(after, before);
        assertThat(there)
                .extracting(Change::kind, Change::key)
                .containsExactlyElementsOf(back.stream()
                        .map(change -> Tuple.tuple(change.kind(), change.key()))
                        .toList());
        for (int index = 0; index < there.size(); index++) {
            assertThat(back.get(index).generosity())
                    .as(there.get(index) + " and " + back.get(index))
                    .isEqualTo(reverse(there.get(index).generosity()));
        }
        assertThat(PricingTableBuilder.products(
                        after, new KeyOrder(Map.of()), Market.of("DE", null, Locale.GERMANY), null))
                .isNotNull();
    }

    private static @Nullable Generosity reverse(@Nullable Generosity generosity) {
        return switch (generosity) {
            case MORE -> Generosity.LESS;
            case LESS -> Generosity.MORE;
            case MIXED, NEUTRAL -> generosity;
            case null -> null;
        };
    }

    private static CatalogBodies compile(Node document) {
        Faults faults = new Faults();
        CatalogBodies bodies = CatalogCompiler.compile(CatalogReader.read(document, faults), NONE, NONE);
        assertThat(faults.list()).isEmpty();
        return bodies;
    }

    /** Walks down at random and there removes, replaces or doubles something. */
    private static Node mutate(Node node, Random random) {
        boolean here = random.nextInt(5) == 0;
        return switch (node) {
            case Node.Mapping mapping
            when !mapping.members().isEmpty() -> {
                Map<String, Node> members = new LinkedHashMap<>(mapping.members());
                List<String> names = List.copyOf(members.keySet());
                String name = names.get(random.nextInt(names.size()));
                if (here && random.nextInt(3) == 0) {
                    members.remove(name);
                } else if (here && random.nextInt(3) == 0) {
                    members.put("other", mapping.members().getOrDefault(name, new Node.Nothing()));
                } else {
                    members.computeIfPresent(name, (same, member) -> here ? other(random) : mutate(member, random));
                }
                yield new Node.Mapping(members);
            }
            case Node.Sequence sequence
            when !sequence.items().isEmpty() -> {
                List<Node> items = new ArrayList<>(sequence.items());
                int index = random.nextInt(items.size());
                if (here) {
                    items.add(items.get(index));
                } else {
                    items.set(index, mutate(items.get(index), random));
                }
                yield new Node.Sequence(items);
            }
            case Node.Mapping _, Node.Sequence _, Node.Text _, Node.Numeral _, Node.Flag _, Node.Nothing _ ->
                other(random);
        };
    }

    private static Node other(Random random) {
        return OTHERS.get(random.nextInt(OTHERS.size()));
    }
}
