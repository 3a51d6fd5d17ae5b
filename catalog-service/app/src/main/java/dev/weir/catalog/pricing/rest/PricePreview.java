package dev.weir.catalog.pricing.rest;

import dev.weir.catalog.contract.Price;
import dev.weir.catalog.document.domain.Fault;
import dev.weir.catalog.document.domain.Faults;
import dev.weir.catalog.document.domain.Fields;
import dev.weir.catalog.document.domain.Node;
import dev.weir.catalog.document.domain.PriceReader;
import dev.weir.platform.kernel.Problem;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A price to try out.
 *
 * @param percentOf the amount that a PERCENTAGE price applies to; null = the quantity
 * @param events how many events a PERCENTAGE price's fee and bounds count; 1 where it is not given
 */
record PricePreview(
        Price price, BigDecimal quantity, @Nullable BigDecimal percentOf, long events) {

    private static final int EVENTS_MAX = 1_000_000_000;

    static PricePreview read(Node body, Faults faults) {
        Fields root = Fields.of(body, "", faults);
        Fields priceFields = root.required("price", root.child("price"));
        Price price = priceFields == null ? null : PriceReader.read(priceFields);
        if (priceFields != null) {
            priceFields.finish();
        }
        BigDecimal quantity = root.required("quantity", root.amount("quantity"));
        BigDecimal percentOf = root.amount("percentOf");
        Integer events = root.integer("events", 0, EVENTS_MAX);
        root.finish();
        if (!faults.none() || price == null || quantity == null) {
            throw refusal(faults.list());
        }
        return new PricePreview(price, quantity, percentOf, events == null ? 1 : events);
    }

    /** One kind of fault lends the problem its code; several are an invalid value in all. */
    private static Problem refusal(List<Fault> faults) {
        List<String> codes = faults.stream().map(PricePreview::code).distinct().toList();
        Problem problem = Problem.badRequest(
                codes.size() == 1 ? codes.getFirst() : "INVALID_VALUE", "the price or its quantity is not usable");
        faults.forEach(fault -> problem.error(fault.place(), code(fault), fault.detail()));
        return problem;
    }

    private static String code(Fault fault) {
        return fault.place().equals("quantity") && !fault.code().equals("REQUIRED") ? "INVALID_QUANTITY" : fault.code();
    }
}
