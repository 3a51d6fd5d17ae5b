package dev.weir.ledger.statement.rest;

import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import dev.weir.ledger.statement.rest.StatementResponse.BalanceResponse;
import dev.weir.ledger.statement.rest.StatementResponse.MovementResponse;
import dev.weir.ledger.statement.rest.StatementResponse.TotalResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A statement on A4, with the PDF fonts that every reader has. */
final class StatementPdf {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String STYLE = """
            @page { size: A4; margin: 18mm 15mm 20mm 15mm;
              @bottom-left { content: "Weir statement"; font: 8pt Helvetica; color: #667; }
              @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 8pt Helvetica; color: #667; } }
            body { font: 9pt Helvetica, sans-serif; color: #1c2330; }
            h1 { font-size: 17pt; margin: 0 0 2mm 0; }
            h2 { font-size: 11pt; margin: 7mm 0 2mm 0; }
            p { margin: 0 0 1mm 0; color: #445; }
            table { width: 100%; border-collapse: collapse; -fs-table-paginate: paginate; }
            th { text-align: left; font-size: 8pt; color: #667; border-bottom: 0.6pt solid #889; padding: 1.2mm; }
            td { padding: 1mm 1.2mm; border-bottom: 0.3pt solid #dde; vertical-align: top; }
            tr { page-break-inside: avoid; }
            .n { text-align: right; white-space: nowrap; }
            .t { white-space: nowrap; }
            .s { font-size: 7.5pt; color: #556; }
            .b td { font-weight: bold; background: #f1f4f8; }
            """;

    private StatementPdf() {}

    static byte[] write(StatementResponse statement) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new PdfRendererBuilder()
                    .useFastMode()
                    .withHtmlContent(html(statement), null)
                    .withProducer("Weir")
                    .toStream(bytes)
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException("the statement cannot be set", e);
        }
        return bytes.toByteArray();
    }

    private static String html(StatementResponse statement) {
        StringBuilder html = new StringBuilder(4_096);
        String title = statement.unit() + (statement.resource() == null ? "" : ", " + statement.resource());
        html.append("<html><head><title>Statement of ")
                .append(escape(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body><h1>Statement</h1><p>Customer <b>")
                .append(escape(statement.customer()))
                .append("</b></p><p>Wallet <b>")
                .append(escape(title))
                .append("</b></p><p>From ")
                .append(time(statement.from()))
                .append(" to ")
                .append(time(statement.to()))
                .append(" (UTC), as posted</p>");
        summary(html, statement);
        movements(html, statement);
        return html.append("</body></html>").toString();
    }

    private static void summary(StringBuilder html, StatementResponse statement) {
        html.append(
                "<h2>Summary</h2><table><thead><tr><th>What</th><th class='n'>Moves</th><th class='n'>Available</th>"
                        + "<th class='n'>Held</th><th class='n'>Overdraft</th></tr></thead><tbody><tr class='b'><td>Opening</td>"
                        + "<td></td>");
        balance(html, statement.opening());
        html.append("</tr>");
        for (TotalResponse total : statement.totals()) {
            html.append("<tr><td>")
                    .append(name(total.kind()))
                    .append("</td><td class='n'>")
                    .append(total.count())
                    .append("</td>");
            balance(html, total.change());
            html.append("</tr>");
        }
        html.append("<tr class='b'><td>Closing</td><td></td>");
        balance(html, statement.closing());
        html.append("</tr></tbody></table>");
    }

    private static void movements(StringBuilder html, StatementResponse statement) {
        if (statement.movements().isEmpty()) {
            html.append("<h2>Movements</h2><p>None.</p>");
            return;
        }
        html.append("<h2>Movements</h2><table><thead><tr><th>No.</th><th>Posted (UTC)</th><th>What</th><th>For</th>"
                + "<th class='n'>Amount</th><th class='n'>Available</th><th class='n'>Held</th>"
                + "<th class='n'>Overdraft</th></tr></thead><tbody>");
        for (MovementResponse move : statement.movements()) {
            html.append("<tr><td class='s'>")
                    .append(move.seq())
                    .append("</td><td class='t'>")
                    .append(time(move.postedAt()))
                    .append("</td><td>")
                    .append(name(move.kind()))
                    .append("<br/><span class='s'>")
                    .append(name(move.from()))
                    .append(" to ")
                    .append(name(move.to()).toLowerCase(Locale.ROOT))
                    .append("</span></td><td>")
                    .append(escape(move.feature()))
                    .append("<br/><span class='s'>")
                    .append(escape(move.eventId()))
                    .append("</span></td><td class='n'>")
                    .append(move.amount())
                    .append("</td>");
            balance(html, move.after());
            html.append("</tr>");
        }
        html.append("</tbody></table>");
    }

    private static void balance(StringBuilder html, BalanceResponse balance) {
        for (String amount : new String[] {balance.available(), balance.held(), balance.overdraft()}) {
            html.append("<td class='n'>").append(amount).append("</td>");
        }
    }

    private static String name(String constant) {
        return constant.charAt(0)
                + constant.substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static String escape(@Nullable String text) {
        return text == null
                ? ""
                : text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&#39;")
                        // What no XML may hold.
                        .replaceAll("\\p{Cntrl}", "?");
    }
}
