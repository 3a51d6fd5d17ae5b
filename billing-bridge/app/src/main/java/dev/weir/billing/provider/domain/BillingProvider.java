package dev.weir.billing.provider.domain;

import dev.weir.catalog.contract.Price;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A billing provider. No type of any SDK crosses this line. */
public interface BillingProvider {
    /** Its name, as stored with commands. */
    String name();

    /**
     * Carries out a command once.
     *
     * @param idempotencyKey the provider's protection against repeats, for as long as it remembers keys
     * @param remote finds the remote id of an object that we made there; the command waits when one is missing
     */
    Outcome execute(ProviderCommand command, String idempotencyKey, RemoteIds remote);

    /** Whether it has words for a price; what it has none for, Weir rates itself and bills as an amount. */
    boolean prices(Price price);

    /** Looks for the object of a command by natural key; for commands older than the provider's memory of keys. */
    Optional<String> find(ProviderCommand command, RemoteIds remote);

    /** What the provider counts for a customer and meter in [from, to), by UTC hour, whole hours only. */
    List<HourQuantity> readUsage(String customerId, String meterId, Instant from, Instant to);

    /** What the provider has on a customer's invoices, pending or written, of the amounts that we sent: by key, in major units. */
    Map<String, BigDecimal> readAmounts(String customerId);

    /** The invoice that the provider would write next for a subscription; empty for one that has ended. */
    Optional<InvoicePreview> previewInvoice(String customerId, String subscriptionId);

    /** Remote ids by kind and natural key. */
    interface RemoteIds {
        /** The id; empty when the object is not there yet. */
        Optional<String> find(ProviderCommand.Kind kind, String naturalKey);
    }

    /** A whole number of atoms in the hour that starts then. */
    record HourQuantity(Instant hour, long quantity) {}

    /** Amounts in major units as decimal strings. */
    record InvoicePreview(
            String currency,
            String total,
            @Nullable Instant periodFrom,
            @Nullable Instant periodTo,
            List<Line> lines) {
        public InvoicePreview {
            lines = List.copyOf(lines);
        }

        /** A line of it. */
        public record Line(String description, String quantity, String amount) {}
    }

    /** An object that a command needs is not there yet: not an attempt, the command waits. */
    final class NotReady extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotReady(ProviderCommand.Kind kind, String naturalKey) {
            super(kind + " " + naturalKey + " is not at the provider yet", null, false, false);
        }
    }
}
