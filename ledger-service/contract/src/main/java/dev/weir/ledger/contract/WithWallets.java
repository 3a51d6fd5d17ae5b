package dev.weir.ledger.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An answer of the ledger together with the wallets it touched, as the edge asks for it with
 * {@code Accept: application/vnd.weir.wallets+json}. The edge merges the wallets into its cache, then passes on the answer.
 *
 * @param answer the body that any other client would get (a problem too)
 */
public record WithWallets(JsonNode answer, List<WalletState> wallets) {
    /** The media type that asks for this form. */
    public static final String MEDIA_TYPE = "application/vnd.weir.wallets+json";

    public WithWallets {
        wallets = wallets == null ? List.of() : List.copyOf(wallets);
    }
}
