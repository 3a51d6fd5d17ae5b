package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.RateRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a rate table. */
final class RateReader {

    private RateReader() {}

    static List<RateRule> read(Fields owner) {
        List<RateRule> rules = new ArrayList<>();
        for (Fields item : owner.children("rates")) {
            Fields match = item.child("match");
            Fields per = item.required("per", item.child("per"));
            item.finish();
            rules.add(new RateRule(match == null ? Map.of() : match.scalars(), per == null ? Map.of() : per.amounts()));
        }
        return rules;
    }
}
