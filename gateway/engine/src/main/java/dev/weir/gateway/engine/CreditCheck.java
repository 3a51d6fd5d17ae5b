package dev.weir.gateway.engine;

import dev.weir.catalog.contract.CreditCost;
import dev.weir.catalog.contract.CreditRating;
import dev.weir.platform.kernel.Problem;
import java.time.Instant;
import java.util.Objects;

/** The decision on a feature that spends credit. */
final class CreditCheck {
    private CreditCheck() {}

    static Decision decide(CustomerView view, CheckRequest request, Allowance allowance, Answer answer, Instant now) {
        String unit = Objects.requireNonNull(allowance.definition().creditUnit(), "a CREDIT feature has a unit");
        CreditRoom room = CreditRoom.of(view, unit, allowance, now);
        answer.credit(room);
        if (request.quantity() == null && request.dimensions().isEmpty()) {
            return anything(room, answer);
        }
        if (request.quantity() != null) {
            long cost = Check.quantity(request.quantity(), room.scale());
            return covered(room, cost, answer.wallet(room, cost));
        }
        return switch (CreditRating.cost(allowance.rates(), request.dimensions(), room.scale())) {
            case CreditCost.Priced priced -> covered(room, priced.atoms(), answer.wallet(room, priced.atoms()));
            case CreditCost.Unpriced _ -> answer.wallet(room).deny(DenialReason.UNPRICED);
            case CreditCost.Invalid invalid ->
                throw Problem.badRequest("INVALID_QUANTITY", invalid.dimension() + " " + invalid.why())
                        .error("dimensions." + invalid.dimension(), "INVALID_QUANTITY", invalid.why());
        };
    }

    static Decision covered(CreditRoom room, long cost, Answer answer) {
        if (room.frozen()) {
            return answer.deny(DenialReason.FROZEN, room.unit(), 0, room.quarantined(), room.scale());
        }
        if (cost <= room.drawable()) {
            return answer.allow();
        }
        return answer.deny(
                DenialReason.INSUFFICIENT_CREDIT,
                room.unit(),
                cost - room.drawable(),
                room.quarantined(),
                room.scale());
    }

    private static Decision anything(CreditRoom room, Answer answer) {
        answer.wallet(room);
        if (room.frozen()) {
            return answer.deny(DenialReason.FROZEN, room.unit(), 0, room.quarantined(), room.scale());
        }
        return room.drawable() > 0
                ? answer.allow()
                : answer.deny(DenialReason.INSUFFICIENT_CREDIT, room.unit(), 0, room.quarantined(), room.scale());
    }
}
