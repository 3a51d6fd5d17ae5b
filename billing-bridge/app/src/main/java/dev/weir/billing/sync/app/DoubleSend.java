package dev.weir.billing.sync.app;

import dev.weir.billing.provider.domain.BillingProvider;
import dev.weir.billing.provider.domain.ProviderCommand;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * A fault on purpose, for the local stack only: the next delivered usage is sent once more under another identifier. It
 * shows that reconciliation reads what the provider counts, and not what we believe we sent.
 */
@ApplicationScoped
public class DoubleSend {
    private static final Logger LOG = Logger.getLogger(DoubleSend.class);

    private final boolean allowed;
    private final AtomicBoolean armed = new AtomicBoolean();

    @Inject
    public DoubleSend(@ConfigProperty(name = "weir.local.faults", defaultValue = "false") boolean allowed) {
        this.allowed = allowed;
    }

    /** Arms the fault; false where faults are not allowed. */
    public boolean arm() {
        if (allowed) {
            armed.set(true);
        }
        return allowed;
    }

    void maybe(ProviderCommand.SubmitUsage usage, BillingProvider provider, BillingProvider.RemoteIds remote) {
        if (allowed && armed.compareAndSet(true, false)) {
            String identifier = usage.identifier() + ".again";
            LOG.warnf("local fault: sending %s again as %s", usage.identifier(), identifier);
            provider.execute(
                    new ProviderCommand.SubmitUsage(
                            identifier, usage.meter(), usage.customer(), usage.quantity(), usage.at()),
                    identifier,
                    remote);
        }
    }
}
