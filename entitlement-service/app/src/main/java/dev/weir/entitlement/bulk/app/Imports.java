package dev.weir.entitlement.bulk.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.entitlement.bulk.domain.ImportResult;
import dev.weir.entitlement.bulk.domain.ImportResult.Status;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.JsonProblems;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Imports customers, each by itself: one that is rejected spoils no other. */
@Singleton
public class Imports {
    private static final Logger LOG = Logger.getLogger(Imports.class);

    private final ItemImport items;
    private final KnownCatalog catalog;

    Imports(ItemImport items, KnownCatalog catalog) {
        this.items = items;
        this.catalog = catalog;
    }

    /** Imports items in their order; answers what became of each. */
    public List<ImportResult> run(List<JsonNode> nodes, String author) {
        KnownCatalog.Look look = catalog.look();
        List<ImportResult> results = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            results.add(run(i, nodes.get(i), look, author));
        }
        return results;
    }

    private ImportResult run(int index, JsonNode node, KnownCatalog.Look look, String author) {
        @Nullable String customer = node.path("customer").textValue();
        try {
            if (!node.isObject()) {
                throw Problem.badRequest("MALFORMED_BODY", "an item must be an object");
            }
            ImportItem item = Json.mapper().treeToValue(node, ImportItem.class);
            look.check(item);
            return items.run(index, item, author);
        } catch (JsonProcessingException unreadable) {
            return rejected(index, customer, JsonProblems.of(unreadable));
        } catch (Problem refused) {
            return rejected(index, customer, refused);
        } catch (RuntimeException failed) {
            LOG.errorf(failed, "Item %d of an import failed", index);
            return rejected(
                    index,
                    customer,
                    new Problem(500, "INTERNAL", "it failed by an error of the service; try it again"));
        }
    }

    private static ImportResult rejected(int index, @Nullable String customer, Problem problem) {
        return new ImportResult(
                index,
                customer,
                Status.REJECTED,
                problem.code(),
                problem.detail(),
                problem.errors().stream()
                        .map(error -> new ImportResult.Fault(error.field(), error.code(), error.detail()))
                        .toList(),
                List.of());
    }
}
