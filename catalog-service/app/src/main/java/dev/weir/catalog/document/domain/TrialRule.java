package dev.weir.catalog.document.domain;

import dev.weir.catalog.contract.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A trial is of a plan of the same product. A plan version pins the version of the plan it lets try, and of those it extends;
 * so what it pins may not come back to it.
 */
final class TrialRule implements CatalogRule {

    @Override
    public void check(CatalogDraft draft, Faults faults) {
        References references = new References(draft, faults);
        for (PlanDraft plan : draft.plans().values()) {
            Trial trial = plan.trial();
            if (trial == null) {
                continue;
            }
            String place = plan.place() + ".trial";
            sameProduct(draft, faults, plan, place + ".of", references.plan(place + ".of", trial.plan()));
            if (trial.downgradeTo() != null) {
                PlanDraft after = references.plan(place + ".downgradeTo", trial.downgradeTo());
                sameProduct(draft, faults, plan, place + ".downgradeTo", after);
            }
            PlanDraft tried = draft.plans().get(trial.plan());
            if (tried != null && tried != plan && reaches(draft, tried, plan.key())) {
                faults.add(place + ".of", "CIRCULAR_TRIAL", trial.plan() + " itself builds on " + plan.key());
            }
        }
    }

    private static void sameProduct(
            CatalogDraft draft,
            Faults faults,
            PlanDraft plan,
            String place,
            @org.jspecify.annotations.Nullable PlanDraft other) {
        if (other != null && !draft.productOf(other).equals(draft.productOf(plan))) {
            faults.add(place, "PRODUCT_MISMATCH", other.key() + " is a plan of another product");
        }
    }

    private static boolean reaches(CatalogDraft draft, PlanDraft from, String wanted) {
        Set<String> seen = new HashSet<>();
        List<PlanDraft> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            PlanDraft plan = open.removeLast();
            if (plan.key().equals(wanted)) {
                return true;
            }
            if (seen.add(plan.key())) {
                List<String> next = new ArrayList<>();
                if (plan.parent() != null) {
                    next.add(plan.parent());
                }
                if (plan.trial() != null) {
                    next.add(plan.trial().plan());
                }
                next.stream()
                        .filter(draft.plans()::containsKey)
                        .map(draft.plans()::get)
                        .forEach(open::add);
            }
        }
        return false;
    }
}
