package dev.weir.ledger.credit.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.posting.domain.WalletSpec;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.Block.TakenBack;
import dev.weir.platform.kernel.Atoms;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block with everything that is known of it. What it paid for is a list of its own: {@code .../blocks/{block}/usage}. */
final class BlockJson {

    private BlockJson() {}

    static ObjectNode detail(WalletSpec spec, Block block, List<Block> all) {
        int scale = spec.scale();
        TakenBack taken = block.takenBack();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", block.id().toString());
        body.put("unit", spec.key().unit());
        body.put("source", block.source().name());
        body.put("category", block.category().name());
        body.put("priority", block.terms().priority());
        body.put("status", block.status().name());
        body.put("granted", Atoms.format(block.granted(), scale));
        body.put("remaining", Atoms.format(block.remaining(), scale));
        body.put("held", Atoms.format(block.held(), scale));
        body.put("consumed", Atoms.format(block.consumed(), scale));
        body.put("closing", Atoms.format(block.closing(), scale));
        body.put("expired", Atoms.format(block.expired(), scale));
        body.put("voided", Atoms.format(block.voided(), scale));
        body.put("voidOnRelease", Atoms.format(taken.voidDue(), scale));
        body.put("moved", Atoms.format(block.movedOut(), scale));
        body.put("effectiveAt", block.effectiveAt().toString());
        put(body, "expiresAt", block.expiresAt());
        put(body, "closesAt", block.closesAt());
        body.put("createdAt", block.createdAt().toString());
        List<String> features = block.terms().features();
        if (features != null) {
            ArrayNode items = body.putArray("features");
            features.forEach(items::add);
        }
        put(body, "reference", block.terms().reference());
        put(body, "reason", block.terms().reason());
        put(body, "parent", block.terms().parent());
        ArrayNode children = body.putArray("children");
        all.stream()
                .filter(child -> block.id().equals(child.terms().parent()))
                .forEach(child -> children.add(child.id().toString()));
        String currency = block.terms().costCurrency();
        if (currency != null) {
            ObjectNode cost = body.putObject("cost");
            cost.put("currency", currency);
            cost.put("paid", money(block.terms().costTotal(), currency));
            cost.put("refunded", money(taken.costRefunded(), currency));
            cost.put("refundOnRelease", money(taken.refundDue(), currency));
            cost.put("moved", money(taken.costMoved(), currency));
        }
        return body;
    }

    private static String money(long minor, String currency) {
        return BigDecimal.valueOf(
                        minor, Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits()))
                .toPlainString();
    }

    private static void put(ObjectNode body, String field, @Nullable Object value) {
        if (value != null) {
            body.put(field, value.toString());
        }
    }
}
