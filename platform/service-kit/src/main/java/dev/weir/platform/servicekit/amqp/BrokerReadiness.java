package dev.weir.platform.servicekit.amqp;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only when the exchanges, queues and bindings of this service stand. */
@Readiness
@Singleton
class BrokerReadiness implements HealthCheck {

    private final BrokerLink broker;

    BrokerReadiness(BrokerLink broker) {
        this.broker = broker;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("broker")
                .status(!broker.isEnabled() || broker.isConnected())
                .build();
    }
}
