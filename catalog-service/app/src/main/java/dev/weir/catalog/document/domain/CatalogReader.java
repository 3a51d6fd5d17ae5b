package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.CreditUnit;
import dev.weir.catalog.contract.FeatureGroup;
import dev.weir.catalog.contract.Product;
import dev.weir.catalog.document.domain.CatalogDraft.Declared;
import dev.weir.platform.kernel.Atoms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** From a document as written to a draft, every fault collected. */
public final class CatalogReader {

    /** The value of {@code apiVersion}. */
    public static final String API_VERSION = "weir.dev/v1";

    /** The value of {@code kind}. */
    public static final String KIND = "Catalog";

    private static final int DEFAULT_UNIT_SCALE = 6;

    private CatalogReader() {}

    /** Reads and checks a document. The draft may be used only if no fault was added. */
    public static CatalogDraft read(Node document, Faults faults) {
        CatalogDraft draft = shape(document, faults);
        CatalogRules.ALL.forEach(rule -> rule.check(draft, faults));
        return draft;
    }

    private static CatalogDraft shape(Node document, Faults faults) {
        Fields root = Fields.of(document, "", faults);
        constant(root, "apiVersion", API_VERSION);
        constant(root, "kind", KIND);
        Map<String, Fields> creditUnits = root.entries("creditUnits");
        Map<String, Fields> meters = root.entries("meters");
        Map<String, Fields> features = root.entries("features");
        Map<String, Fields> featureGroups = root.entries("featureGroups");
        Map<String, Fields> products = root.entries("products");
        Map<String, Fields> plans = root.entries("plans");
        Map<String, Fields> addons = root.entries("addons");
        Map<String, Fields> coupons = root.entries("coupons");
        root.finish();
        return new CatalogDraft(
                each(creditUnits, CatalogReader::creditUnit),
                each(meters, MeterReader::read),
                each(features, FeatureReader::read),
                each(featureGroups, CatalogReader::featureGroup),
                each(products, CatalogReader::product),
                each(plans, PlanReader::plan),
                each(addons, PlanReader::addon),
                each(coupons, CouponReader::read),
                new Declared(
                        creditUnits.keySet(),
                        meters.keySet(),
                        features.keySet(),
                        featureGroups.keySet(),
                        products.keySet(),
                        plans.keySet(),
                        addons.keySet()));
    }

    private static void constant(Fields root, String name, String expected) {
        String value = root.required(name, root.text(name));
        if (value != null && !value.equals(expected)) {
            root.fault(name, "INVALID_VALUE", "must be " + expected);
        }
    }

    private static CreditUnit creditUnit(String key, Fields fields) {
        String name = fields.text("name");
        Integer scale = fields.integer("scale", 0, Atoms.MAX_SCALE);
        fields.finish();
        return new CreditUnit(key, name == null ? key : name, scale == null ? DEFAULT_UNIT_SCALE : scale);
    }

    private static FeatureGroup featureGroup(String key, Fields fields) {
        String name = fields.text("name");
        List<String> features = fields.keys("features");
        if (features.isEmpty()) {
            fields.fault("features", "REQUIRED", "a group has at least one feature");
        }
        fields.finish();
        return new FeatureGroup(key, name == null ? key : name, features);
    }

    private static Product product(String key, Fields fields) {
        String name = fields.text("name");
        String defaultPlan = fields.key("defaultPlan");
        fields.finish();
        return new Product(key, name == null ? key : name, defaultPlan);
    }

    private static <T> Map<String, T> each(
            Map<String, Fields> entries, BiFunction<String, Fields, @Nullable T> reader) {
        Map<String, T> read = new LinkedHashMap<>();
        entries.forEach((key, fields) -> {
            T value = reader.apply(key, fields);
            if (value != null) {
                read.put(key, value);
            }
        });
        return read;
    }
}
