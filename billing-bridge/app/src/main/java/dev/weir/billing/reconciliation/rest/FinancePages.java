package dev.weir.billing.reconciliation.rest;

import dev.weir.billing.reconciliation.app.Reconciliation;
import dev.weir.platform.servicekit.web.DatabaseClock;
import dev.weir.platform.servicekit.web.Roles;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Pages for people in finance. */
@Path("/finance")
@RunOnVirtualThread
@RolesAllowed(Roles.FINANCE)
@Produces(MediaType.TEXT_HTML)
public class FinancePages {
    private static final Duration SPAN = Duration.ofDays(35);

    private final Reconciliation reconciliation;
    private final DatabaseClock clock;

    @Inject
    public FinancePages(Reconciliation reconciliation, DatabaseClock clock) {
        this.reconciliation = reconciliation;
        this.clock = clock;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance reconciliation(
                ReportResponse report, Reconciliation.Progress progress, Instant generatedAt);
    }

    /** The three-way report. */
    @GET
    @Path("/reconciliation")
    public TemplateInstance reconciliation() {
        Instant now = clock.now();
        Instant from = now.minus(SPAN);
        return Templates.reconciliation(
                ReportResponse.of(from, now, reconciliation.rows(from, now), reconciliation.amounts(from, now)),
                reconciliation.progress(from, now),
                now.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The front page is the report. */
    @GET
    public TemplateInstance index() {
        return reconciliation();
    }
}
