package dev.weir.billing.reconciliation.rest;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** The report's rows as CSV (RFC 4180). Text that a spreadsheet would run as a formula is neutralised. */
final class ReportCsv {
    private ReportCsv() {}

    static String write(ReportResponse report) {
        StringBuilder out = new StringBuilder();
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader(
                        "hour",
                        "customer",
                        "feature",
                        "type",
                        "plan",
                        "planVersion",
                        "metered",
                        "ledger",
                        "included",
                        "creditCovered",
                        "overage",
                        "overrun",
                        "waived",
                        "unpriced",
                        "billable",
                        "billed",
                        "meteringLess",
                        "billedMore",
                        "status",
                        "reason")
                .get();
        try (CSVPrinter printer = new CSVPrinter(out, format)) {
            for (ReportResponse.Line line : report.rows()) {
                printer.printRecord(
                        line.hour(),
                        safe(line.customer()),
                        safe(line.feature()),
                        line.featureType(),
                        safe(line.plan()),
                        line.planVersion(),
                        line.metered(),
                        line.ledger(),
                        line.included(),
                        line.creditCovered(),
                        line.overage(),
                        line.overrun(),
                        line.waived(),
                        line.unpriced(),
                        line.billable(),
                        line.billed(),
                        line.meteringLess(),
                        line.billedMore(),
                        line.status(),
                        line.reason());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.toString();
    }

    private static @Nullable String safe(@Nullable String text) {
        return text == null || text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}
