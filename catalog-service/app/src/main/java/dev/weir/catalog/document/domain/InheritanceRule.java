package dev.weir.catalog.document.domain;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A plan extends a plan that exists, and never itself by way of others. */
final class InheritanceRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (PlanDraft plan : draft.plans().values()) {
            String parent = plan.parent();
            if (parent == null) {
                continue;
            }
            String place = plan.place() + ".extends";
            references.plan(place, parent);
            List<PlanDraft> line = draft.line(plan);
            if (Objects.equals(line.getLast().parent(), plan.key())) {
                String circle = line.stream().map(PlanDraft::key).collect(Collectors.joining(" -> "));
                faults.add(place, "CIRCULAR_INHERITANCE", circle + " -> " + plan.key());
            }
        }
    }
}
