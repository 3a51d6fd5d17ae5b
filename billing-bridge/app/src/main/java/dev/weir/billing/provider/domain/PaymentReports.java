package dev.weir.billing.provider.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What the provider says about payments. Its events are hints: what counts is the invoice as it stands when it is read. */
public interface PaymentReports {

    /**
     * An event of the provider.
     *
     * @param id by which it is taken once
     * @param invoice the invoice that it is about
     */
    record Notice(String id, String type, String invoice) {
        public Notice {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(invoice, "invoice");
        }
    }

    /**
     * A paid invoice of one of our subscriptions.
     *
     * @param subscription our natural key of it
     * @param from begin of the latest span that its lines bill; what is billed in arrears lies before
     * @param to its end
     * @param amount what was paid, in major units
     */
    record PaidInvoice(
            String invoice,
            String customer,
            String subscription,
            Instant from,
            Instant to,
            BigDecimal amount,
            String currency,
            Instant paidAt) {}

    /** The request that brings notices is not the provider's. */
    final class NotGenuine extends Exception {
        private static final long serialVersionUID = 1L;

        public NotGenuine(String why) {
            super(why, null, false, false);
        }
    }

    /**
     * The notice in a request of the provider; empty if it is about something else.
     *
     * @param body as it came, byte for byte
     * @throws NotGenuine if the signature does not fit, or is too old
     */
    Optional<Notice> notice(String body, String signature) throws NotGenuine;

    /** Notices of payments since an instant: for those whose request was lost. */
    List<Notice> noticesSince(Instant since);

    /** The invoice, if it is paid and of one of our subscriptions. */
    Optional<PaidInvoice> paidInvoice(String invoice);
}
