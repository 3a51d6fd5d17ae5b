package dev.weir.billing.reconciliation.rest;

import dev.weir.billing.amount.domain.AmountLine;
import dev.weir.billing.reconciliation.domain.ReconciliationRow;
import dev.weir.billing.reconciliation.domain.RowStatus;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
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
 * @param amounts money that Weir has rated itself, by charge and period
 */
public record ReportResponse(
        Instant from,
        Instant to,
        Totals totals,
        List<Line> summary,
        List<Line> rows,
        List<Line> differences,
        List<Amount> amounts) {
    /**
     * Money that Weir has rated itself (levels, fees that are due once, prices that the provider has no words for).
     *
     * @param quantity what was rated; null for a fee
     * @param due what it is to be, in major units; before the period is over it is not sent
     * @param expected what was sent
     * @param billed what the provider has; null = not read yet
     */
    public record Amount(
            String customer,
            String subscription,
            @Nullable String feature,
            String charge,
            String description,
            Instant from,
            Instant to,
            @Nullable String quantity,
            String currency,
            String due,
            String expected,
            @Nullable String billed,
            RowStatus status) {}

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

    static ReportResponse of(Instant from, Instant to, List<ReconciliationRow> rows, List<AmountLine> amounts) {
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
                differences,
                amounts.stream().map(ReportResponse::amount).toList());
    }

    private static Amount amount(AmountLine line) {
        BigDecimal quantity = line.quantity();
        BigDecimal billed = line.provider();
        return new Amount(
                line.customer(),
                line.subscription().toString(),
                line.feature(),
                line.charge(),
                line.description(),
                line.from(),
                line.to(),
                quantity == null ? null : quantity.stripTrailingZeros().toPlainString(),
                line.currency(),
                line.wanted().toPlainString(),
                line.planned().toPlainString(),
                billed == null ? null : billed.toPlainString(),
                switch (line.state()) {
                    case OPEN -> RowStatus.PENDING;
                    case CONFIRMED -> RowStatus.MATCHED;
                    case DIFFERS -> RowStatus.EXCEPTION;
                });
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
