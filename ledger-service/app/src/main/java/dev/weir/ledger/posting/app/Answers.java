package dev.weir.ledger.posting.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.ledger.posting.domain.Denial;
import dev.weir.ledger.posting.domain.Hold;
import dev.weir.ledger.posting.domain.Outcome;
import dev.weir.ledger.posting.domain.Outcome.LegSpend;
import dev.weir.ledger.posting.domain.Outcome.UnitAmount;
import dev.weir.ledger.wallet.domain.Block;
import dev.weir.ledger.wallet.domain.WalletBook;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.Json;
import dev.weir.platform.kernel.Problem;
import dev.weir.platform.servicekit.web.ProblemResponses;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** From outcomes to what callers are told. */
public final class Answers {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Answers() {}

    /** The answer to an outcome, taken right after it was decided. */
    static Answer of(Outcome outcome, long snapshotVersion) {
        return switch (outcome) {
            case Outcome.Done done -> Answer.ok(200, NODES.objectNode());
            case Outcome.Unpriced unpriced -> Answer.ok(202, NODES.objectNode().put("unpriced", unpriced.why()));
            case Outcome.Granted granted -> Answer.ok(201, block(granted.wallet(), granted.block()));
            case Outcome.TakenBack taken -> Answer.ok(200, HandAnswers.takenBack(taken));
            case Outcome.Turned turned -> Answer.ok(200, HandAnswers.turned(turned.wallet()));
            case Outcome.Charged charged -> Answer.ok(201, HandAnswers.charged(charged));
            case Outcome.Reversed reversed -> Answer.ok(201, HandAnswers.reversed(reversed));
            case Outcome.Moved moved -> Answer.ok(201, HandAnswers.moved(moved));
            case Outcome.Reserved reserved -> Answer.ok(reserved.hold().fresh() ? 201 : 200, reserved(reserved));
            case Outcome.Settled settled -> Answer.ok(200, settled(settled));
            case Outcome.Released released -> {
                ObjectNode body = head(released.hold());
                body.set("released", amounts(released.released()));
                yield Answer.ok(200, body);
            }
            case Outcome.Denied denied -> denied(denied.denial(), snapshotVersion);
            case Outcome.EventConflict conflict -> of(Problem.conflict("EVENT_CONFLICT", conflict.detail()));
            case Outcome.Refused refused -> {
                Problem problem = new Problem(refused.status(), refused.code(), refused.detail());
                if (refused.field() != null) {
                    problem.error(refused.field(), refused.code(), refused.detail());
                }
                yield of(problem);
            }
        };
    }

    /** A problem as an answer. */
    public static Answer of(Problem problem) {
        try {
            return new Answer(
                    problem.status(), Json.mapper().readTree(ProblemResponses.body(problem)), problem.headers(), true);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem cannot be read back", e);
        }
    }

    /** A block as operators see it. */
    public static ObjectNode block(WalletBook wallet, Block block) {
        int scale = wallet.scale();
        ObjectNode body = NODES.objectNode();
        body.put("id", block.id().toString());
        body.put("unit", wallet.key().unit());
        body.put("source", block.source().name());
        body.put("category", block.category().name());
        body.put("priority", block.terms().priority());
        body.put("granted", Atoms.format(block.granted(), scale));
        body.put("remaining", Atoms.format(block.remaining(), scale));
        body.put("held", Atoms.format(block.held(), scale));
        body.put("consumed", Atoms.format(block.consumed(), scale));
        body.put("expired", Atoms.format(block.expired() + block.closing(), scale));
        body.put("voided", Atoms.format(block.voided(), scale));
        body.put("moved", Atoms.format(block.movedOut(), scale));
        body.put("status", block.status().name());
        body.put("effectiveAt", block.effectiveAt().toString());
        put(body, "expiresAt", block.expiresAt());
        if (block.terms().features() != null) {
            ArrayNode features = body.putArray("features");
            block.terms().features().forEach(features::add);
        }
        if (block.terms().reference() != null) {
            body.put("reference", block.terms().reference());
        }
        if (block.terms().reason() != null) {
            body.put("reason", block.terms().reason());
        }
        return body;
    }

    /** A reservation as anyone may see it: what it holds now. */
    public static ObjectNode reservation(Hold hold, List<UnitAmount> held) {
        ObjectNode body = head(hold);
        body.put("customer", hold.customer());
        body.put("feature", hold.terms().feature());
        if (hold.resource() != null) {
            body.put("resource", hold.resource());
        }
        body.set("held", amounts(held));
        body.put("quantity", Atoms.format(hold.quantity(), hold.terms().scale()));
        Long used = hold.used();
        if (used != null) {
            body.put("used", Atoms.format(used, hold.terms().scale()));
        }
        body.put("onLapse", hold.onLapse().name());
        body.put("createdAt", hold.createdAt().toString());
        body.put("expiresAt", hold.deadlineAt().toString());
        put(body, "closedAt", hold.closedAt());
        return body;
    }

    private static ObjectNode head(Hold hold) {
        return NODES.objectNode()
                .put("id", hold.id().toString())
                .put("state", hold.state().name());
    }

    private static ObjectNode reserved(Outcome.Reserved reserved) {
        ObjectNode body = head(reserved.hold());
        body.set("held", amounts(reserved.held()));
        body.put("expiresAt", reserved.hold().deadlineAt().toString());
        return body;
    }

    private static ObjectNode settled(Outcome.Settled settled) {
        ObjectNode body = head(settled.hold());
        ArrayNode spent = body.putArray("spent");
        ArrayNode overrun = NODES.arrayNode();
        for (LegSpend leg : settled.spent()) {
            if (leg.amount() != 0) {
                ObjectNode item = spent.addObject();
                item.put("unit", leg.unit());
                item.put("amount", Atoms.format(leg.amount(), leg.scale()));
                ArrayNode blocks = item.putArray("blocks");
                leg.blocks()
                        .forEach(block -> blocks.addObject()
                                .put("block", block.block().toString())
                                .put("amount", Atoms.format(block.amount(), leg.scale())));
                if (leg.overage() != 0) {
                    item.put("overage", Atoms.format(leg.overage(), leg.scale()));
                }
                if (leg.overdraft() != 0) {
                    item.put("overdraft", Atoms.format(leg.overdraft(), leg.scale()));
                }
            }
            if (leg.overrun() != 0) {
                overrun.addObject().put("unit", leg.unit()).put("amount", Atoms.format(leg.overrun(), leg.scale()));
            }
        }
        body.set("released", amounts(settled.released()));
        body.set("overrun", overrun);
        if (settled.alreadyCharged()) {
            body.put("alreadyCharged", true);
        }
        if (settled.late()) {
            body.put("late", true);
        }
        return body;
    }

    private static Answer denied(Denial denial, long snapshotVersion) {
        Problem problem = new Problem(denial.reason().status(), denial.reason().name(), denial.detail());
        problem.with("decision", decision(denial, snapshotVersion));
        if (denial.shortUnit() != null) {
            problem.with(
                    "short",
                    NODES.objectNode()
                            .put("unit", denial.shortUnit())
                            .put("amount", Atoms.format(denial.shortBy(), denial.shortScale())));
        }
        if (denial.quarantined() > 0) {
            problem.with("quarantined", Atoms.format(denial.quarantined(), denial.shortScale()));
        }
        Denial.Money money = denial.budget();
        if (money != null) {
            problem.with("budget", budget(money, denial.scale()));
        }
        Instant reset = denial.resetAt();
        if (denial.reason() == Denial.Reason.LIMIT_REACHED) {
            // A limit that never resets may still be raised: look again in an hour.
            long seconds = reset == null
                    ? 3600
                    : Math.max(1, Duration.between(denial.asOf(), reset).toSeconds() + 1);
            problem.header("Retry-After", Long.toString(seconds));
        }
        return of(problem);
    }

    /** The shape of a check's answer. */
    private static ObjectNode decision(Denial denial, long snapshotVersion) {
        ObjectNode body = NODES.objectNode();
        body.put("allowed", false);
        body.put("reason", denial.reason().name());
        body.put("feature", denial.feature());
        if (denial.type() != null) {
            body.put("type", denial.type());
        }
        Long limit = denial.limit();
        if (limit != null) {
            body.putObject("limit")
                    .put("kind", Boolean.TRUE.equals(denial.soft()) ? "SOFT" : "HARD")
                    .put("amount", Atoms.format(limit, denial.scale()))
                    .put("unlimited", false);
            body.putObject("usage")
                    .put("used", Atoms.format(denial.used(), denial.scale()))
                    .put("held", Atoms.format(denial.held(), denial.scale()))
                    .put("remaining", Atoms.format(denial.remaining(), denial.scale()));
        } else {
            body.putNull("limit");
        }
        put(body, "resetAt", denial.resetAt());
        Denial.Money money = denial.budget();
        if (money != null) {
            body.set("budget", budget(money, denial.scale()));
        }
        ArrayNode wallets = body.putArray("wallets");
        for (Denial.Balance balance : denial.wallets()) {
            ObjectNode item = wallets.addObject();
            item.put("unit", balance.unit());
            item.put("available", Atoms.format(balance.available(), balance.scale()));
            Long cost = balance.cost();
            if (cost != null) {
                item.put("cost", Atoms.format(cost, balance.scale()));
            }
        }
        body.put("snapshotVersion", snapshotVersion);
        body.put("asOf", denial.asOf().toString());
        body.put("stale", false);
        return body;
    }

    private static ObjectNode budget(Denial.Money money, int scale) {
        return NODES.objectNode()
                .put("id", money.budget().toString())
                .put("subscription", money.subscription().toString())
                .put("plan", money.plan())
                .put("amount", money.amount().toPlainString())
                .put("currency", money.currency())
                .put("charged", money.charged().toPlainString())
                .put("held", money.held().toPlainString())
                .put("shortBy", money.shortBy().toPlainString())
                .put("room", Atoms.format(money.room(), scale))
                .put("resetAt", money.resetAt().toString());
    }

    private static ArrayNode amounts(List<UnitAmount> amounts) {
        ArrayNode items = NODES.arrayNode();
        amounts.forEach(amount -> items.addObject()
                .put("unit", amount.unit())
                .put("amount", Atoms.format(amount.amount(), amount.scale())));
        return items;
    }

    private static void put(ObjectNode body, String field, @org.jspecify.annotations.Nullable Instant instant) {
        if (instant != null) {
            body.put(field, instant.toString());
        }
    }
}
