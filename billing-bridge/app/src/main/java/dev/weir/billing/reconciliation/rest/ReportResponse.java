package dev.weir.billing.reconciliation.rest;

import dev.weir.billing.reconciliation.domain.ReconciliationRow;
import dev.weir.billing.reconciliation.domain.RowStatus;
import dev.weir.platform.kernel.Atoms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The three-way report. Quantities are decimal strings in the feature's own measure (credits for CREDIT features).
 *
 * @param summary by customer and feature
 * @param rows by customer, feature, plan version and UTC hour
 * @param differences the rows that are exceptions
 */
public record ReportResponse(
        Instant from, Instant to, Totals totals, List<Line> summary, List<Line> rows, List<Line> differences) {
    /** Row counts. */
    public record Totals(int rows, int matched, int pending, int differences, boolean identityHolds) {}

    /** One line; {@code hour} is null in the summary, {@code billed} null where nothing is to be billed. */
    public record Line(
            String customer,
            String feature,
            String featureType,
            @Nullable String plan,
            int planVersion,
            @Nullable Instant hour,
            String metered,
            String ledger,
            String included,
            String creditCovered,
            String overage,
            String overrun,
            String waived,
            String unpriced,
            String billable,
            @Nullable String billed,
            String meteringLess,
            String billedMore,
            RowStatus status,
            String reason) {}

    static ReportResponse of(Instant from, Instant to, List<ReconciliationRow> rows) {
        Map<String, List<ReconciliationRow>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(row.customer() + "\n" + row.feature(), key -> new ArrayList<>())
                .add(row));
        List<Line> summary = groups.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> line(sum(entry.getValue()), true))
                .toList();
        List<Line> lines = rows.stream().map(row -> line(row, false)).toList();
        List<Line> differences = lines.stream()
                .filter(line -> line.status() == RowStatus.EXCEPTION)
                .toList();
        return new ReportResponse(
                from,
                to,
                new Totals(
                        rows.size(),
                        count(lines, RowStatus.MATCHED),
                        count(lines, RowStatus.PENDING),
                        differences.size(),
                        rows.stream().allMatch(ReconciliationRow::identityHolds)),
                summary,
                lines,
                differences);
    }

    private static int count(List<Line> lines, RowStatus status) {
        return (int) lines.stream().filter(line -> line.status() == status).count();
    }

    private static ReconciliationRow sum(List<ReconciliationRow> rows) {
        ReconciliationRow total = rows.getFirst();
        for (ReconciliationRow row : rows.subList(1, rows.size())) {
            total = new ReconciliationRow(
                    row.customer(),
                    row.feature(),
                    row.featureType(),
                    row.plan(),
                    row.planVersion(),
                    row.hour(),
                    row.scale(),
                    add(total.metered(), row.metered()),
                    add(total.ledgerMetered(), row.ledgerMetered()),
                    total.included() + row.included(),
                    total.creditCovered() + row.creditCovered(),
                    total.overage() + row.overage(),
                    total.overrun() + row.overrun(),
                    total.waived() + row.waived(),
                    total.unpriced() + row.unpriced(),
                    total.billable() + row.billable(),
                    add(total.billed(), row.billed()),
                    total.meteringLess() + row.meteringLess(),
                    total.billedMore() + row.billedMore(),
                    worse(total.status(), row.status()),
                    total.reason().isEmpty() ? row.reason() : total.reason());
        }
        return total;
    }

    private static RowStatus worse(RowStatus left, RowStatus right) {
        return left.compareTo(right) >= 0 ? left : right;
    }

    private static @Nullable Long add(@Nullable Long left, @Nullable Long right) {
        return left == null ? right : right == null ? left : (Long) Math.addExact(left, right);
    }

    private static Line line(ReconciliationRow row, boolean summary) {
        int scale = row.scale();
        Long billed = row.billed();
        return new Line(
                row.customer(),
                row.feature(),
                row.featureType(),
                row.plan(),
                row.planVersion(),
                summary ? null : row.hour(),
                text(row.metered(), scale),
                text(row.ledgerMetered(), scale),
                Atoms.format(row.included(), scale),
                Atoms.format(row.creditCovered(), scale),
                Atoms.format(row.overage(), scale),
                Atoms.format(row.overrun(), scale),
                Atoms.format(row.waived(), scale),
                Atoms.format(row.unpriced(), scale),
                Atoms.format(row.billable(), scale),
                billed == null ? null : Atoms.format(billed, scale),
                Atoms.format(row.meteringLess(), scale),
                Atoms.format(row.billedMore(), scale),
                row.status(),
                row.reason());
    }

    private static String text(@Nullable Long atoms, int scale) {
        return atoms == null ? "0" : Atoms.format(atoms, scale);
    }
}
