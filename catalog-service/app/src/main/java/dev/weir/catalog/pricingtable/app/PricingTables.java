package dev.weir.catalog.pricingtable.app;

import dev.weir.catalog.contract.CatalogInForce;
import dev.weir.catalog.diff.domain.CatalogBodies;
import dev.weir.catalog.pricingtable.domain.KeyOrder;
import dev.weir.catalog.pricingtable.domain.Market;
import dev.weir.catalog.pricingtable.domain.PricingTable;
import dev.weir.catalog.pricingtable.domain.PricingTableBuilder;
import dev.weir.catalog.publication.app.PublishedCatalogs;
import dev.weir.platform.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The pricing table of the catalog in force. What was read of the catalog is kept until another is in force. */
@ApplicationScoped
public class PricingTables {

    private final PublishedCatalogs catalogs;

    private volatile @Nullable Read read;

    PricingTables(PublishedCatalogs catalogs) {
        this.catalogs = catalogs;
    }

    private record Read(long version, Instant publishedAt, CatalogBodies catalog, KeyOrder order) {}

    /** The catalog version that a table of now is of. */
    public long version() {
        return catalogs.currentVersion();
    }

    /**
     * What is sold.
     *
     * @param product only this one; null = all
     * @throws Problem UNKNOWN_PRODUCT if the catalog in force has no such product
     */
    public PricingTable table(@Nullable String product, Market market) {
        Read current = current();
        if (product != null && !current.catalog().products().containsKey(product)) {
            throw Problem.notFound("UNKNOWN_PRODUCT", "the catalog in force has no product " + product);
        }
        return new PricingTable(
                current.version(),
                current.publishedAt(),
                market.country(),
                market.currency(),
                market.language().toLanguageTag(),
                PricingTableBuilder.products(current.catalog(), current.order(), market, product));
    }

    private Read current() {
        long version = catalogs.currentVersion();
        Read known = read;
        if (known == null || known.version() != version) {
            CatalogInForce inForce = catalogs.inForce();
            known = new Read(
                    inForce.version(),
                    inForce.publishedAt(),
                    catalogs.of(inForce.version()),
                    new KeyOrder(catalogs.keys(inForce.version())));
            read = known;
        }
        return known;
    }
}
