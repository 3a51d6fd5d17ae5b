package dev.weir.ledger.window.app;

import dev.weir.ledger.contract.WindowClosed;
import dev.weir.ledger.window.domain.UsageWindow;
import dev.weir.ledger.window.persistence.WindowTable;
import dev.weir.platform.kernel.Atoms;
import dev.weir.platform.kernel.AtomsException;
import dev.weir.platform.kernel.Ids;
import dev.weir.platform.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Turns overage into waived: it was used, it is not billed, and it is on record who decided so. */
@ApplicationScoped
public class Waivers {
    private final WindowTable table;
    private final WindowCloser closer;

    @Inject
    public Waivers(WindowTable table, WindowCloser closer) {
        this.table = table;
        this.closer = closer;
    }

    /** Waives; answers the window after it. The quantity is in the feature's own measure, at most the window's overage. */
    @Transactional
    public WindowClosed waive(UUID windowId, String quantity, String reason, String actor) {
        UsageWindow window =
                table.lock(windowId).orElseThrow(() -> Problem.notFound("UNKNOWN_WINDOW", "no window " + windowId));
        long atoms = atoms(quantity, window.identity().scale());
        if (atoms > window.booked().overage()) {
            throw Problem.unprocessable(
                            "WAIVER_TOO_LARGE",
                            "the window has "
                                    + Atoms.format(
                                            window.booked().overage(),
                                            window.identity().scale()) + " of overage")
                    .error("quantity", "TOO_LARGE", "more than the window's overage");
        }
        table.waive(windowId, Ids.next(), atoms, reason, actor);
        closer.examine(windowId);
        UsageWindow after = table.lock(windowId).orElseThrow();
        return after.closing(after.published().revision());
    }

    private static long atoms(String quantity, int scale) {
        try {
            long atoms = Atoms.parse(quantity, scale);
            if (atoms > 0) {
                return atoms;
            }
        } catch (AtomsException malformed) {
            throw Problem.badRequest("INVALID_QUANTITY", "quantity " + quantity + ": " + malformed.getMessage())
                    .error("quantity", "INVALID_QUANTITY", String.valueOf(malformed.getMessage()));
        }
        throw Problem.badRequest("INVALID_QUANTITY", "quantity must be more than 0")
                .error("quantity", "INVALID_QUANTITY", "must be more than 0");
    }
}
